/**
 * Writes a made-up past into a school's database as the server itself would have left it: the
 * rows of each submission with its receipt, its alerts in the order they were raised, who opened
 * what. One transaction. Students, staff, categories and groups are there already.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { alertsToRaise } from '../../server/alert/rules.ts';
import { REFERENCE_BYTES, referenceFrom } from '../../server/submission/rules.ts';
import {
  Submission,
  receiptBytes,
  submissionBytes,
  type Receipt,
} from '../../src-shared/contract/submission.ts';
import { readDirectory, type Directory } from './directory.ts';
import { inserter, type Put } from './inserter.ts';
import type { PastEntry, PastIncident } from './school/past.ts';
import type { Random } from './school/random.ts';
import { SAFEGUARDING_TEAM } from './school/staff.ts';

export interface PastRows {
  readonly past: readonly PastIncident[];
  readonly random: Random;
  readonly now: Date;
  /** Signs a receipt with the school's key; base64. */
  readonly sign: (bytes: Uint8Array) => string;
  /** Alerts of these e-mail addresses since `unreadSince` are unread; all others have been read. */
  readonly unreadFor: ReadonlySet<string>;
  readonly unreadSince: Date;
}

/** Writes all of it, or nothing. */
export function writePast(sqlite: Database, rows: PastRows): void {
  const directory = readDirectory(sqlite);
  const put = inserter(sqlite);
  const writer = new PastWriter(put, directory, rows);
  sqlite.transaction(() => {
    for (const event of inOrder(rows.past, rows.random)) writer.write(event);
    writer.rememberAgencies();
  })();
}

interface PastEvent {
  readonly id: string;
  readonly incidentId: string;
  readonly incident: PastIncident;
  /** The incident itself, or one of its actions. */
  readonly entry: PastEntry;
}

/** Incidents and actions as they arrived, so that positions of alerts tell the true order. */
function inOrder(past: readonly PastIncident[], random: Random): PastEvent[] {
  return past
    .flatMap((incident) => {
      const incidentId = random.id(incident.submittedAt);
      return [incident, ...incident.actions].map((entry) => ({
        id: entry === incident ? incidentId : random.id(entry.submittedAt),
        incidentId,
        incident,
        entry,
      }));
    })
    .toSorted((one, other) => one.entry.submittedAt.getTime() - other.entry.submittedAt.getTime());
}

class PastWriter {
  readonly #put: Put;
  readonly #directory: Directory;
  readonly #rows: PastRows;
  readonly #agencies = new Map<string, string>();
  readonly #references = new Set<string>();

  constructor(put: Put, directory: Directory, rows: PastRows) {
    this.#put = put;
    this.#directory = directory;
    this.#rows = rows;
  }

  write(event: PastEvent): void {
    const { incident, entry } = event;
    const isIncident = entry === incident;
    const authorId = this.#directory.staffId(entry.author);
    const alerted = this.#alerts(event, authorId);
    this.#writeSubmission(event, authorId, alerted.length);
    if (isIncident) this.#writeIncident(event, authorId);
    else this.#writeAction(event, authorId);
    this.#writeAgencies(event);
    for (const alert of alerted) this.#writeAlert(event, authorId, alert);
  }

  rememberAgencies(): void {
    for (const [name, usedAt] of this.#agencies) {
      this.#put('agency', {
        id: this.#rows.random.id(new Date(usedAt)),
        school_id: this.#directory.schoolId,
        name,
        last_used_at: usedAt,
      });
    }
  }

  #alerts({ incident, entry }: PastEvent, authorId: string): ReturnType<typeof alertsToRaise> {
    const isIncident = entry === incident;
    return alertsToRaise({
      kind: isIncident ? 'incident' : 'action',
      authorId,
      toldIds: [
        ...entry.alertedStaff.map((person) => this.#directory.staffId(person)),
        ...[...entry.alertedGroups, SAFEGUARDING_TEAM].flatMap((name) =>
          this.#directory.membersOf(name),
        ),
      ],
      assigneeIds: isIncident
        ? incident.assignees.map((person) => this.#directory.staffId(person))
        : [],
      activeIds: this.#directory.activeIds,
    });
  }

  #writeSubmission(event: PastEvent, authorId: string, alerted: number): void {
    const sha256 = createHash('sha256')
      .update(submissionBytes(this.#submissionOf(event)))
      .digest('hex');
    const at = event.entry.submittedAt.toISOString();
    const reference = this.#reference();
    const unsigned = { submissionId: event.id, sha256, reference, receivedAt: at, alerted };
    const claim = unsigned as Omit<Receipt, 'signature'>;
    const receipt = { ...unsigned, signature: this.#rows.sign(receiptBytes(claim)) };
    this.#put('submission', {
      id: event.id,
      school_id: this.#directory.schoolId,
      staff_id: authorId,
      kind: event.entry === event.incident ? 'incident' : 'action',
      sha256,
      reference,
      written_at: at,
      received_at: at,
      clock_is_wrong: 0,
      receipt: JSON.stringify(receipt),
    });
  }

  #submissionOf({ id, incidentId, incident, entry }: PastEvent): Submission {
    const common = {
      id,
      writtenAt: entry.submittedAt.toISOString(),
      text: entry.text,
      happenedAt: entry.happenedAt.toISOString(),
      agencies: entry.agencies,
      alertStaffIds: entry.alertedStaff.map((person) => this.#directory.staffId(person)),
      alertGroupIds: entry.alertedGroups.map((name) => this.#directory.groupId(name)),
    };
    if (entry !== incident) {
      return Submission.parse({
        ...common,
        kind: 'action',
        incidentId,
        addCategoryIds: [],
        linkedStudentIds: [],
      });
    }
    return Submission.parse({
      ...common,
      kind: 'incident',
      studentId: this.#directory.studentId(incident.student),
      categoryIds: incident.categories.map((path) => this.#directory.categoryId(path)),
      linkedStudents: incident.linked.map(({ student, monitors }) => ({
        studentId: this.#directory.studentId(student),
        monitorsSameCategories: monitors,
      })),
      status: incident.status,
      assigneeIds: incident.assignees.map((person) => this.#directory.staffId(person)),
    });
  }

  #writeIncident({ id, incident }: PastEvent, authorId: string): void {
    const school_id = this.#directory.schoolId;
    this.#put('incident', {
      id,
      school_id,
      student_id: this.#directory.studentId(incident.student),
      author_id: authorId,
      text: incident.text,
      status: incident.status,
      is_urgent: incident.isUrgent ? 1 : 0,
      happened_at: incident.happenedAt.toISOString(),
      submitted_at: incident.submittedAt.toISOString(),
    });
    for (const { student, monitors } of incident.linked) {
      this.#put('incident_student', {
        school_id,
        incident_id: id,
        student_id: this.#directory.studentId(student),
        monitors_same_categories: monitors ? 1 : 0,
      });
    }
    for (const person of incident.assignees) {
      this.#put('incident_assignee', {
        school_id,
        incident_id: id,
        staff_id: this.#directory.staffId(person),
        status: incident.status,
        submitted_at: incident.submittedAt.toISOString(),
      });
    }
    for (const path of incident.categories) {
      this.#put('incident_category', {
        school_id,
        incident_id: id,
        category_id: this.#directory.categoryId(path),
        action_id: null,
      });
    }
  }

  #writeAction({ id, incidentId, entry }: PastEvent, authorId: string): void {
    this.#put('action', {
      id,
      school_id: this.#directory.schoolId,
      incident_id: incidentId,
      author_id: authorId,
      text: entry.text,
      happened_at: entry.happenedAt.toISOString(),
      submitted_at: entry.submittedAt.toISOString(),
    });
  }

  #writeAgencies({ id, incidentId, incident, entry }: PastEvent): void {
    for (const name of entry.agencies) {
      this.#put('incident_agency', {
        school_id: this.#directory.schoolId,
        incident_id: incidentId,
        action_id: entry === incident ? null : id,
        name,
      });
      this.#agencies.set(name, entry.submittedAt.toISOString());
    }
  }

  #writeAlert(
    { id, incidentId, incident, entry }: PastEvent,
    authorId: string,
    { staffId, kind }: ReturnType<typeof alertsToRaise>[number],
  ): void {
    const { random, now, unreadFor, unreadSince } = this.#rows;
    const school_id = this.#directory.schoolId;
    const alertId = random.id(entry.submittedAt);
    const isUnread =
      unreadFor.has(this.#directory.emailOf(staffId)) && entry.submittedAt >= unreadSince;
    const readAt = new Date(
      Math.min(now.getTime(), entry.submittedAt.getTime() + random.whole(2, 300) * 60_000),
    ).toISOString();
    this.#put('alert', {
      id: alertId,
      school_id,
      staff_id: staffId,
      incident_id: incidentId,
      action_id: entry === incident ? null : id,
      kind,
      raised_by: authorId,
      raised_at: entry.submittedAt.toISOString(),
      read_at: isUnread ? null : readAt,
      read_with: isUnread ? null : alertId,
    });
    if (isUnread) return;
    const openingId = random.id(new Date(readAt));
    this.#put('opening', {
      id: openingId,
      school_id,
      // Each on a day of its own: the session it was opened in has long ended.
      session_id: openingId,
      staff_id: staffId,
      incident_id: incidentId,
      opened_at: readAt,
    });
  }

  /** Each once, as the server draws them. */
  #reference(): string {
    const { random } = this.#rows;
    for (;;) {
      const reference = referenceFrom(
        Uint8Array.from({ length: REFERENCE_BYTES }, () => random.whole(0, 255)),
      );
      if (this.#references.has(reference)) continue;
      this.#references.add(reference);
      return reference;
    }
  }
}
