'use client';

import { LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** Ends this session on the server and leaves for the sign-in page. */
export function SignOutButton() {
  const [isPending, setPending] = useState(false);
  const leave = () => {
    setPending(true);
    void signOut({ callbackUrl: '/sign-in' });
  };
  return (
    <Button size="sm" onClick={leave}>
      <LogOut aria-hidden />
      {isPending ? 'Signing out…' : 'Sign out'}
    </Button>
  );
}
