/** Chips: what has been chosen, each with an × that takes it away, and words for what its colour says. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { useFocusAtStart } from './focus-at-start.ts';
import styles from './chip.module.css';

export interface ChipProps {
  readonly children: ReactNode;
  /** `warning` is red; its words belong into `note`, since colour alone says nothing (R108). */
  readonly tone?: 'plain' | 'meadow' | 'warning' | 'urgent';
  /** Smaller words after the text: a class, "would not normally see this". */
  readonly note?: string;
  /** Absent for one that cannot be taken away. */
  readonly onRemove?: () => void;
  /** The name of the × button: "Remove Amira Khan, 7B". */
  readonly removeLabel?: string;
  readonly icon?: ReactNode;
  /** Puts the focus on the × as it appears: on what has just been picked. */
  readonly takesFocus?: boolean;
}

export function Chip(props: ChipProps) {
  const cross = useFocusAtStart<HTMLButtonElement>(props.takesFocus ?? false);
  return (
    <span className={classNames(styles.chip, styles[props.tone ?? 'plain'])}>
      {props.icon}
      <span className={styles.words}>
        {props.children}
        {props.note === undefined ? null : <span className={styles.note}> {props.note}</span>}
      </span>
      {props.onRemove === undefined ? null : (
        <AriaButton
          className={classNames(styles.remove)}
          aria-label={props.removeLabel ?? 'Remove'}
          ref={cross}
          onPress={props.onRemove}
        >
          <X size="1em" aria-hidden="true" />
        </AriaButton>
      )}
    </span>
  );
}

/** A row of chips that wraps. `label` names it for screen readers. */
export function Chips(props: { readonly label: string; readonly children: readonly ReactNode[] }) {
  if (props.children.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={props.label}>
      {props.children.map((chip, index) => (
        <li key={keyOf(chip) ?? index}>{chip}</li>
      ))}
    </ul>
  );
}

function keyOf(node: ReactNode): string | null {
  return typeof node === 'object' && node !== null && 'key' in node ? node.key : null;
}
