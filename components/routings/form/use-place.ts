'use client';

import { useState } from 'react';
import { type Pasted, parsePasted } from '@/lib/domain/destination/parse-pasted';
import { type Applied, applyPasted, type Place, type PlaceField } from './apply-pasted';

export interface PasteOutcome {
  readonly read: Pasted;
  /** Null when nothing could be taken. */
  readonly applied: Applied | null;
}

export interface PlaceState {
  readonly place: Place;
  /** Fields that stand as they were pasted: typing in one takes it away. */
  readonly filled: readonly PlaceField[];
  readonly outcome: PasteOutcome | null;
  readonly type: (field: PlaceField, value: string) => void;
  readonly paste: (text: string) => Pasted;
  /** Brings back what stood there before the last paste. */
  readonly undo: () => void;
}

/** The fields of a destination, typed or filled from what is pasted. */
export function usePlace(
  initial: Place,
  endpoints: readonly string[],
  onPlace: (place: Place) => void = () => undefined,
): PlaceState {
  const [place, keepPlace] = useState(initial);
  const setPlace = (next: Place) => {
    keepPlace(next);
    onPlace(next);
  };
  const [filled, setFilled] = useState<readonly PlaceField[]>([]);
  const [outcome, setOutcome] = useState<PasteOutcome | null>(null);
  const type = (field: PlaceField, value: string) => {
    setPlace({ ...place, [field]: value });
    setFilled(filled.filter((each) => each !== field));
  };
  const paste = (text: string) => {
    const read = parsePasted(text, endpoints);
    const applied = read.kind === 'place' ? applyPasted(place, read) : null;
    setOutcome({ read, applied });
    if (applied !== null) {
      setPlace(applied.place);
      setFilled(applied.filled);
    }
    return read;
  };
  const undo = () => {
    const before = Object.fromEntries(
      (outcome?.applied?.replaced ?? []).map((replaced) => [replaced.field, replaced.before]),
    );
    setPlace({ ...place, ...before });
    setFilled(filled.filter((field) => !(field in before)));
    setOutcome(null);
  };
  return { place, filled, outcome, type, paste, undo };
}
