/** Agency Involved (S30): one or more names; those used before are offered, new ones may be typed. */
import { fold } from '../../src-shared/search/fold.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';
import { useAsk } from '../app/use-ask.ts';
import { PickMany, type Choice } from '../design/picker.tsx';

const MATCHES_SHOWN = 12;

export interface AgencyFieldProps {
  readonly id: string;
  readonly agencies: readonly string[];
  readonly onChange: (agencies: readonly string[]) => void;
  readonly error: string | null;
}

export function AgencyField(props: AgencyFieldProps) {
  const { agencies } = props;
  const known = useAsk('listAgencies', {});
  return (
    <PickMany
      id={props.id}
      label="Agency Involved"
      error={props.error}
      isOptional
      placeholder="Begin typing an agency's name"
      noneText="Not used before. Type its name in full and choose it."
      search={(typed) => matches(known.value?.agencies ?? [], typed)}
      asNew={(typed) => {
        const name = asName(typed);
        return name === '' ? null : { id: name, text: name, detail: 'new' };
      }}
      picked={agencies.map((name) => ({ id: name, text: name }))}
      onPick={(choice) => props.onChange([...agencies, choice.id])}
      onRemove={(removed) => props.onChange(agencies.filter((name) => name !== removed))}
    />
  );
}

/** As the contract's `Name` keeps it: one line, without spaces at its ends, at its longest. */
function asName(typed: string): string {
  return typed.normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, LIMITS.name).trim();
}

function matches(names: readonly string[], typed: string): readonly Choice[] {
  const words = fold(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return names
    .filter((name) => words.every((word) => fold(name).includes(word)))
    .slice(0, MATCHES_SHOWN)
    .map((name) => ({ id: name, text: name }));
}
