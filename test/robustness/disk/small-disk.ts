import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file system of its own in memory, which can be filled. Linux lets its root make one. */
export class SmallDisk {
  readonly folder = mkdtempSync(path.join(tmpdir(), "robustness-disk-"));

  /** @returns undefined where this machine lets us make none. */
  static mount(megabytes: number): SmallDisk | undefined {
    const disk = new SmallDisk();
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", disk.folder]);
    if (status === 0) return disk;
    rmSync(disk.folder, { recursive: true });
    return undefined;
  }

  /** Leaves so many pages of 4 KB, and no more. */
  leave(pages: number): void {
    this.free();
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#ballast, Buffer.alloc(Math.max(0, bavail - pages) * bsize));
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    spawnSync("umount", ["--lazy", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #ballast(): string {
    return path.join(this.folder, "ballast");
  }
}
