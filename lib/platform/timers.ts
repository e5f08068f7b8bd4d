/** What runs later in this process; a simulation puts virtual time behind it. */
export interface Timers {
  /** Runs `task` once after `ms`; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Runs `task` every `ms`; returns what ends it. */
  every(ms: number, task: () => void): () => void;
}

export const SYSTEM_TIMERS: Timers = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, task) => {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
};
