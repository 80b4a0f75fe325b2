/** How often something is to go wrong, and when; counted down in a state, so that it survives a restart. */
export interface Countdown {
  /** How many calls it strikes. @default 1 */
  times?: number;
}

/** How a kind of fault is counted down. */
export interface CountdownRules<Fault> {
  /** Whether the call is one that this fault is meant for. */
  concerns(fault: Fault): boolean;
  /** The key that holds how many calls pass before the first that it strikes. */
  passing: keyof Fault;
  /** How many faults may strike one call; those after them are not counted down. @default all */
  most?: number;
}

/** The faults that strike a call, and those that are left afterwards: the same list where none was counted down. */
export function takeFaults<Fault extends Countdown>(
  faults: Fault[],
  { concerns, passing, most = Number.POSITIVE_INFINITY }: CountdownRules<Fault>,
): { struck: Fault[]; left: Fault[] } {
  const struck: Fault[] = [];
  const left: Fault[] = [];
  for (const fault of faults) {
    const passes = Number(fault[passing] ?? 0);
    const { times = 1 } = fault;
    if (struck.length >= most || !concerns(fault)) left.push(fault);
    else if (passes > 0) left.push({ ...fault, [passing]: passes - 1 });
    else {
      struck.push(fault);
      if (times > 1) left.push({ ...fault, times: times - 1 });
    }
  }
  const isUnchanged = left.length === faults.length && left.every((fault, index) => fault === faults[index]);
  return { struck, left: isUnchanged ? faults : left };
}
