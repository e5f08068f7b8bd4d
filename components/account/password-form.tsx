'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { SecretField } from '@/components/ui/secret-field';
import { PASSWORD_LENGTH_MIN } from '@/lib/domain/access/password';
import { formatCountOf } from '@/lib/domain/format/count';

export interface ChangedPassword {
  readonly endedSessions: number;
}

/** Changes the password; what was typed is forgotten either way. */
export function PasswordForm({
  email,
  action,
}: {
  readonly email: string;
  readonly action: FormAction<ChangedPassword>;
}) {
  const [changes, setChanges] = useState(0);
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: ({ endedSessions }) => {
      setChanges(changes + 1);
      const others = formatCountOf(endedSessions, 'other device is', 'other devices are');
      toast(`The password is changed${endedSessions === 0 ? '' : `, ${others} signed out`}`);
    },
  });
  return (
    <form key={changes} {...form} className="grid max-w-md gap-4">
      {/* Tells password managers whose password this is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <SecretField
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
        error={errorOf('currentPassword')}
      />
      <SecretField
        name="newPassword"
        label="New password"
        hint={`At least ${PASSWORD_LENGTH_MIN} characters; a few words that you remember are best.`}
        error={errorOf('newPassword')}
      />
      <Refusal refusal={refusal} />
      <div>
        <Button type="submit">{isPending ? 'Changing…' : 'Change password'}</Button>
      </div>
    </form>
  );
}
