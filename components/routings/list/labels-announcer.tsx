'use client';

import { useEffect, useRef, useState } from 'react';
import { LABEL_DISPLAY } from '@/lib/domain/routing/label';
import type { PeekRowFacts } from './peek-panel';

/** Tells screen readers which routings of the list have another status than before, politely and all at once. */
export function LabelsAnnouncer({ rows }: { readonly rows: readonly PeekRowFacts[] }) {
  const last = useRef(new Map(rows.map(({ id, label }) => [id, label])));
  const [text, setText] = useState('');
  useEffect(() => {
    const changed = rows.filter(({ id, label }) => (last.current.get(id) ?? label) !== label);
    last.current = new Map(rows.map(({ id, label }) => [id, label]));
    if (changed.length === 0) return;
    setText(changed.map(({ name, label }) => `${name}: ${LABEL_DISPLAY[label].word}`).join('. '));
  }, [rows]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
