/** **Keep for later**: the form goes from the page and stands under Unfinished, so that another can be begun. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { go, PLACES } from '../app/go.ts';
import { Button } from '../design/button.tsx';
import { keepForLater } from './drafts.ts';
import { useFormHere } from './form-at.ts';

export function KeepForLater() {
  const key = useFormHere();
  const client = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  return (
    <Button kind="plain" isBusy={isSaving} onPress={() => void press()}>
      Keep for later
    </Button>
  );

  async function press(): Promise<void> {
    if (key === null) return;
    setSaving(true);
    // Where it cannot be saved, the form stays and says so.
    const isKept = await keepForLater(key);
    setSaving(false);
    if (!isKept) return;
    void client.invalidateQueries({ queryKey: ['listDrafts'] });
    go(PLACES.dashboard);
  }
}
