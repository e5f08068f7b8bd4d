import type { ActionRefusal } from './action-result';

/** An action that rejects never reached the server or lost its answer: said as a refusal, so it is shown like one. */
export function unanswered(message: string): () => ActionRefusal {
  return () => ({ ok: false, code: 'UNAVAILABLE', message, fieldErrors: {} });
}
