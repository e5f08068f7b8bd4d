import type { DataType } from '@/lib/domain/data-type';
import { DataTypesField } from './data-types-field';
import { EventNamesField } from './event-names-field';

/** What of a workspace's data a routing delivers, as the form holds it. */
export interface Selection {
  readonly dataTypes: readonly DataType[];
  /** Names as typed. */
  readonly eventNames: string;
}

interface SelectionFieldsProps {
  readonly selection: Selection;
  readonly onSelectionChange: (selection: Selection) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Data types and, where events are among them, the names of those that are wanted. */
export function SelectionFields({ selection, onSelectionChange, errorOf }: SelectionFieldsProps) {
  const change = (part: Partial<Selection>) => onSelectionChange({ ...selection, ...part });
  const isNamed = selection.dataTypes.includes('events') || selection.eventNames.trim() !== '';
  return (
    <>
      <DataTypesField
        chosen={selection.dataTypes}
        onChosenChange={(dataTypes) => change({ dataTypes })}
        error={errorOf('dataTypes')}
      />
      {isNamed ? (
        <EventNamesField
          value={selection.eventNames}
          onValueChange={(eventNames) => change({ eventNames })}
          error={errorOf('eventNames')}
        />
      ) : null}
    </>
  );
}
