'use client';

import { useRouter } from 'next/navigation';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { type FilesAddress, filesHref } from './files-address';
import { monthName } from './month-name';

interface FilesFiltersProps {
  readonly routingId: string;
  readonly address: FilesAddress;
  readonly dataTypes: readonly string[];
  /** Newest first, like 2026-11. */
  readonly months: readonly string[];
}

/** Which type's and which month's hours are shown. */
export function FilesFilters({ routingId, address, dataTypes, months }: FilesFiltersProps) {
  const router = useRouter();
  const show = (change: Partial<FilesAddress>) => {
    const reset = { hour: null, cursor: null, fileId: null };
    router.push(filesHref(routingId, address, { ...reset, ...change }), { scroll: false });
  };
  return (
    <div className="mb-4 grid max-w-96 grid-cols-2 gap-3">
      <Field name="type" label="Data type">
        {(control) => (
          <Select
            control={control}
            value={address.type}
            placeholder=""
            options={dataTypes.map((type) => ({ value: type, label: type }))}
            onValueChange={(value) => show({ type: dataTypeSchema.parse(value) })}
          />
        )}
      </Field>
      {address.type === 'segment' ? null : (
        <Field name="month" label="Month">
          {(control) => (
            <Select
              control={control}
              value={address.month}
              placeholder=""
              options={months.map((month) => ({ value: month, label: monthName(month) }))}
              onValueChange={(month) => show({ month })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
