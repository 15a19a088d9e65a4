/** Type-aheads over the students on roll (S19, S22): the one the incident is about, and linked ones. */
import type { ReactNode } from 'react';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { PickMany, PickOne, type Choice } from '../design/picker.tsx';
import { useRoster, type RosterAsked } from './roster.ts';
import { studentChoice } from './student-name.tsx';

const MATCHES_SHOWN = 30;

interface StudentFieldProps {
  readonly id: string;
  readonly label: string;
  readonly error: string | null;
}

/** S19: exactly one student. */
export function StudentPicker(
  props: StudentFieldProps & {
    readonly studentId: string | null;
    readonly onPick: (studentId: string | null) => void;
  },
) {
  const asked = useRoster();
  return (
    <>
      <RosterProblem asked={asked} />
      <PickOne
        id={props.id}
        label={props.label}
        error={props.error}
        placeholder="Begin typing a student's name"
        noneText="No student on roll is found by this. Type part of any name, or the class."
        isWaiting={asked.isWaiting}
        search={(typed) => matches(asked, typed, [])}
        picked={props.studentId === null ? null : choiceOf(asked, props.studentId)}
        onPick={(choice) => props.onPick(choice === null ? null : choice.id)}
      />
    </>
  );
}

/** S22: any number of others; never the main student, nobody twice. */
export function LinkedStudentsPicker(
  props: StudentFieldProps & {
    readonly mainStudentId: string | null;
    readonly studentIds: readonly string[];
    readonly onPick: (studentId: string) => void;
    readonly onRemove: (studentId: string) => void;
    readonly renderPicked: (choice: Choice, remove: () => void) => ReactNode;
  },
) {
  const asked = useRoster();
  const taken = [
    ...props.studentIds,
    ...(props.mainStudentId === null ? [] : [props.mainStudentId]),
  ];
  return (
    <PickMany
      id={props.id}
      label={props.label}
      error={props.error}
      hint="Type a student's name to link them to this incident."
      placeholder="Begin typing a student's name"
      noneText="No other student on roll is found by this."
      isWaiting={asked.isWaiting}
      search={(typed) => matches(asked, typed, taken)}
      picked={props.studentIds.map((studentId) => choiceOf(asked, studentId))}
      onPick={(choice) => props.onPick(choice.id)}
      onRemove={props.onRemove}
      renderPicked={props.renderPicked}
    />
  );
}

function matches(asked: RosterAsked, typed: string, taken: readonly string[]): readonly Choice[] {
  if (asked.roster === undefined) return [];
  const { people } = asked.roster.index.search(
    typed,
    MATCHES_SHOWN,
    (student) => !taken.includes(student.id),
  );
  return people.map(studentChoice);
}

/** Also for one who left the roll meanwhile: what was chosen stays on the screen. */
function choiceOf(asked: RosterAsked, studentId: string): Choice {
  const student = asked.roster?.byId.get(studentId);
  return student === undefined
    ? { id: studentId, text: 'The student chosen' }
    : studentChoice(student);
}

function RosterProblem(props: { readonly asked: RosterAsked }) {
  const { roster, failure, askAgain } = props.asked;
  return roster === undefined ? (
    <ReadingFailure
      title="The list of students could not be loaded."
      failure={failure}
      onAskAgain={askAgain}
    />
  ) : null;
}
