/** **Back**, at the top right of a page: to where the person came from, as far as a page can say. */
import { ArrowLeft } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { go } from './go.ts';

export function BackButton(props: { readonly to: string }) {
  return (
    <Button icon={<ArrowLeft size="1.1em" aria-hidden="true" />} onPress={() => go(props.to)}>
      Back
    </Button>
  );
}
