/** Polls until `check` says true; `whatFor` ends the sentence of the error. */
export async function waitFor(
  whatFor: string,
  check: () => Promise<boolean>,
  deadlineMs: number,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await check())) {
    if (performance.now() > deadline)
      throw new Error(`Waited ${Math.round(deadlineMs / 1000)} s in vain for ${whatFor}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** True when the address answers 2xx. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
