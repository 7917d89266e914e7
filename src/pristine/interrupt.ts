/** Where interrupts come from: `process`. */
export interface InterruptSource {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * Runs long work with a signal that Ctrl-C sets off. The work ends its processes, removes what is half-made and
 * throws `interrupted`; a second Ctrl-C meets Node's own handling again and ends the program at once.
 */
export async function untilInterrupted<T>(
  source: InterruptSource,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const events = ['SIGINT', 'SIGTERM'] as const;
  const stop = () => {
    for (const event of events) source.off(event, stop);
    controller.abort();
  };
  for (const event of events) source.on(event, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const event of events) source.off(event, stop);
  }
}
