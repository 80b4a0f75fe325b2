/** A certificate, as a generation's key credential is of it. */
export interface Certificate {
  /** 40 upper-case hexadecimal digits. */
  thumbprint: string;
  /** The public certificate as PEM. */
  certificatePem: string;
}

/** What a generation shows. */
export interface Shown extends Certificate {
  /** What it showed until AuthConfig named another one in its place, while that is the previous one; empty otherwise. */
  previous: Certificate;
}

/**
 * Of which certificate each generation's key credential is: of the one that it shows. Where two show the same one, because
 * another hand has made it current, one key credential is enough for it, and the other one stays what it was: servers may
 * sign with the previous certificate for a day.
 */
export function certificatesOf(generations: readonly Shown[]): Certificate[] {
  return generations.map(({ previous, ...own }, index) => {
    const isTold = generations.some(
      (other, place) =>
        place !== index && other.thumbprint === own.thumbprint && (other.previous.thumbprint === "" || place < index),
    );
    return isTold && previous.thumbprint !== "" ? previous : own;
  });
}
