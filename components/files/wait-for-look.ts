import type { EventLookView } from '@/lib/domain/event-look/look';

const ASK_EVERY_MS = 400;
const DEADLINE_MS = 45_000;
const UNREADABLE: EventLookView = {
  state: 'refused',
  code: 'Sluice',
  message: 'did not answer, or what was read is gone again. Press the button once more.',
};

/** Asks until a worker has answered, or it takes too long; never rejects. */
export async function waitForLook(href: string, signal: AbortSignal): Promise<EventLookView> {
  const endMs = performance.now() + DEADLINE_MS;
  while (performance.now() < endMs) {
    try {
      const answer = await fetch(href, { cache: 'no-store', signal });
      if (!answer.ok) return UNREADABLE;
      const look: EventLookView = await answer.json();
      if (look.state !== 'asked') return look;
    } catch {
      return UNREADABLE;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return { state: 'asked' };
}
