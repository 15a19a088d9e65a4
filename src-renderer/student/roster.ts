/** The students on roll, loaded once a session and indexed once; every type-ahead shares them. */
import { useQuery } from '@tanstack/react-query';
import type { Student, StudentId } from '../../src-shared/contract/student.ts';
import type { PeopleIndex } from '../../src-shared/search/people-index.ts';
import { indexStudents } from '../../src-shared/search/roster-index.ts';
import { askOrThrow, type AskFailed, type Failure } from '../app/use-ask.ts';

export interface Roster {
  readonly index: PeopleIndex<Student>;
  readonly byId: ReadonlyMap<string, Student>;
}

export interface RosterAsked {
  readonly roster: Roster | undefined;
  readonly failure: Failure | null;
  readonly isWaiting: boolean;
  readonly askAgain: () => void;
}

export function useRoster(): RosterAsked {
  const query = useQuery<Roster, AskFailed>({
    queryKey: ['roster'],
    queryFn: loadRoster,
    // "Something has changed" does not mean the register: 1,500 students are not asked for again.
    staleTime: 'static',
    gcTime: Infinity,
    structuralSharing: false,
  });
  return {
    roster: query.data,
    failure: query.error === null ? null : query.error.failure,
    isWaiting: query.isPending,
    askAgain: () => void query.refetch(),
  };
}

async function loadRoster(): Promise<Roster> {
  const students: Student[] = [];
  let after: StudentId | null = null;
  do {
    const page: { students: Student[]; next: StudentId | null } = await askOrThrow(
      'listStudents',
      after === null ? {} : { after },
    );
    students.push(...page.students);
    after = page.next;
  } while (after !== null);
  return {
    index: indexStudents(students),
    byId: new Map(students.map((student) => [student.id, student])),
  };
}
