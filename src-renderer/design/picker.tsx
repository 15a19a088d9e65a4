/**
 * Type-aheads: part of a name is typed, one is picked from the list, and stands as a chip with an ×.
 * What matches and in which order is the caller's (`search`); this is the box, list, keys and words.
 */
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { Chip, Chips } from './chip.tsx';
import choices from './choices.module.css';
import { classNames } from './class-names.ts';
import type { FieldProps } from './field-words.tsx';
import { FieldHint, FieldLabel, FieldProblem, isWrong } from './field-words.tsx';
import field from './field.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';
import styles from './picker.module.css';

/** Something to pick. Two of the same `text` are told apart by their `detail` before one is picked. */
export interface Choice {
  readonly id: string;
  readonly text: string;
  readonly detail?: string;
  /** `warning` is drawn in red; `note` then says in words what the red means. */
  readonly tone?: 'plain' | 'warning';
  readonly note?: string;
}

interface PickerProps extends FieldProps {
  readonly placeholder?: string;
  /** The best matches for what has been typed, best first; called with '' for an empty box. */
  readonly search: (typed: string) => readonly Choice[];
  /** Below the list where nothing matches; "No student of this name." */
  readonly noneText: string;
  /** What can be picked is still on its way. */
  readonly isWaiting?: boolean;
}

export interface PickManyProps extends PickerProps {
  readonly picked: readonly Choice[];
  readonly onPick: (choice: Choice) => void;
  readonly onRemove: (id: string) => void;
  /**
   * A choice made of what was typed, where nothing needs to exist beforehand (agencies). Text that
   * is left in the box is then taken too: whoever types a name and goes on meant it.
   */
  readonly asNew?: (typed: string) => Choice | null;
  /** Drawn instead of the usual chip, with more controls (linked students). */
  readonly renderPicked?: (choice: Choice, remove: () => void) => ReactNode;
}

export function PickMany(props: PickManyProps) {
  const [removed, setRemoved] = useState(0);
  const remove = (id: string) => {
    props.onRemove(id);
    setRemoved(removed + 1);
  };
  const isPicked = new Set(props.picked.map(({ id }) => id));
  return (
    <div className={styles.picker}>
      <PickBox
        {...props}
        // The × that had the focus is gone; the person goes on where they add.
        focusCall={removed}
        search={(typed) => {
          const found = props.search(typed).filter(({ id }) => !isPicked.has(id));
          const added = typed.trim() === '' ? null : (props.asNew?.(typed) ?? null);
          const isNew =
            added !== null &&
            !isPicked.has(added.id) &&
            !found.some(({ text }) => text.toLowerCase() === added.text.toLowerCase());
          return isNew ? [...found, added] : found;
        }}
        onLeave={(typed) => {
          const added = props.asNew?.(typed) ?? null;
          if (added === null || isPicked.has(added.id)) return false;
          props.onPick(added);
          return true;
        }}
      />
      {props.renderPicked === undefined ? (
        <Chips label={`${props.label}: chosen`}>
          {props.picked.map((choice) => (
            <PickedChip key={choice.id} choice={choice} onRemove={() => remove(choice.id)} />
          ))}
        </Chips>
      ) : (
        <ul className={styles.pickedList} aria-label={`${props.label}: chosen`}>
          {props.picked.map((choice) => (
            <li key={choice.id}>{props.renderPicked?.(choice, () => remove(choice.id))}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export interface PickOneProps extends PickerProps {
  readonly picked: Choice | null;
  readonly onPick: (choice: Choice | null) => void;
}

/** Exactly one: the box gives way to the chip, and comes back when the chip is removed. */
export function PickOne(props: PickOneProps) {
  // Whichever of box and chip has just gone had the focus; the other one takes it.
  const [wasUsed, setUsed] = useState(false);
  const picked = props.picked;
  if (picked === null) {
    return (
      <PickBox
        {...props}
        focusCall={wasUsed ? 1 : 0}
        onPick={(choice) => {
          setUsed(true);
          props.onPick(choice);
        }}
      />
    );
  }
  return (
    <fieldset className={field.field}>
      <legend className={field.label}>{props.label}</legend>
      <Chips label={`${props.label}: chosen`}>
        {[
          <PickedChip
            key={picked.id}
            choice={picked}
            takesFocus={wasUsed}
            onRemove={() => {
              setUsed(true);
              props.onPick(null);
            }}
          />,
        ]}
      </Chips>
    </fieldset>
  );
}

function PickedChip(props: {
  readonly choice: Choice;
  readonly onRemove: () => void;
  readonly takesFocus?: boolean;
}) {
  const { choice } = props;
  const note = [choice.detail, choice.note].filter((part) => part !== undefined).join(', ');
  return (
    <Chip
      tone={choice.tone === 'warning' ? 'warning' : 'meadow'}
      takesFocus={props.takesFocus ?? false}
      {...(note === '' ? {} : { note })}
      onRemove={props.onRemove}
      removeLabel={`Remove ${choice.text}${note === '' ? '' : `, ${note}`}`}
    >
      {choice.text}
    </Chip>
  );
}

function PickBox(
  props: PickerProps & {
    /** Another number than before calls the focus here; 0 does not. */
    readonly focusCall: number;
    readonly onPick: (choice: Choice) => void;
    /** Text was typed and nothing picked; true where it has been taken. */
    readonly onLeave?: (typed: string) => boolean;
  },
) {
  const [typed, setTyped] = useState('');
  const found = props.search(typed);
  // The list closes when the box's value changes; then the box is empty again, for the next pick.
  const [justPicked, setJustPicked] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.focusCall > 0) box.current?.focus();
  }, [props.focusCall]);
  return (
    <ComboBox
      className={classNames(field.field)}
      inputValue={typed}
      onInputChange={setTyped}
      items={found}
      // Already searched: react-aria's own filter would drop what it does not find in the text.
      defaultFilter={() => true}
      value={justPicked}
      onChange={(id) => {
        const choice = found.find((one) => one.id === id);
        if (choice === undefined) return;
        setJustPicked(choice.id);
        setTyped('');
        props.onPick(choice);
      }}
      onOpenChange={(isOpen) => {
        if (!isOpen) setJustPicked(null);
      }}
      allowsEmptyCollection
      // A pick empties the box; that must not open the list again. Arrow keys open it at any time.
      menuTrigger={typed === '' ? 'manual' : 'input'}
      isInvalid={isWrong(props.error)}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
      onBlur={() => {
        if (typed.trim() !== '' && props.onLeave?.(typed) === true) setTyped('');
      }}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <Input
        className={classNames(field.box)}
        placeholder={props.placeholder ?? ''}
        ref={box}
        spellCheck="false"
      />
      <VisuallyHidden>
        <output>{typed.trim() === '' ? '' : countOf(found.length, props.noneText)}</output>
      </VisuallyHidden>
      <FieldProblem error={props.error} />
      <Popover className={classNames(choices.popover)} offset={4}>
        <ListBox<Choice>
          className={classNames(choices.list)}
          renderEmptyState={() => (
            <div className={choices.none}>
              {props.isWaiting === true ? 'The list is on its way.' : props.noneText}
            </div>
          )}
        >
          {(choice) => (
            <ListBoxItem
              id={choice.id}
              textValue={[choice.text, choice.detail, choice.note].filter(Boolean).join(', ')}
              className={classNames(choices.item, choice.tone === 'warning' && choices.itemWarning)}
            >
              {/* No slots: class and year belong to the option's name, for whoever hears it. */}
              <span>{choice.text}</span>
              {choice.detail === undefined && choice.note === undefined ? null : (
                <span className={classNames(choices.itemDetail)}>
                  {[choice.detail, choice.note].filter((part) => part !== undefined).join(', ')}
                </span>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function countOf(matches: number, noneText: string): string {
  if (matches === 0) return noneText;
  return matches === 1 ? '1 match.' : `${matches} matches.`;
}
