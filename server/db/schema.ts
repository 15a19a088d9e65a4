/** The tables as TypeScript sees them; the migrations are what makes them. */
import type { Generated } from 'kysely';
import type { HeldItem, HeldReason } from '../../src-shared/contract/held.ts';

type Flag = 0 | 1;

export interface Schema {
  school: { id: string; name: string; created_at: string };
  staff: {
    id: string;
    school_id: string;
    register_id: string | null;
    email: string;
    name: string;
    forename: string;
    surname: string;
    job_title: string | null;
    is_active: Flag;
    created_at: string;
  };
  student: {
    id: string;
    school_id: string;
    upn: string | null;
    register_id: string | null;
    forename: string;
    surname: string;
    known_as: string | null;
    class_name: string | null;
    year: string | null;
    is_on_roll: Flag;
    created_at: string;
  };
  alert_group: {
    id: string;
    school_id: string;
    name: string;
    position: number;
    is_safeguarding_team: Flag;
  };
  alert_group_member: { school_id: string; group_id: string; staff_id: string };
  category: {
    id: string;
    school_id: string;
    parent_id: string | null;
    name: string;
    position: number;
    is_urgent: Flag;
    archived_at: string | null;
  };
  agency: { id: string; school_id: string; name: string; last_used_at: string };
  submission: {
    id: string;
    school_id: string;
    staff_id: string;
    kind: 'incident' | 'action';
    sha256: string;
    reference: string;
    written_at: string;
    received_at: string;
    clock_is_wrong: Flag;
    receipt: string;
  };
  computer: {
    id: string;
    school_id: string;
    name: string;
    public_key: string;
    enrolled_at: string;
    revoked_at: string | null;
    last_seen_at: string;
  };
  enrolment_code: { hash: string; school_id: string; made_at: string; revoked_at: string | null };
  signing_key: {
    public_key: string;
    school_id: string;
    staff_id: string;
    computer_id: string;
    issued_at: string;
    signature: string;
    revoked_at: string | null;
  };
  carried: {
    id: string;
    school_id: string;
    sha256: string;
    reference: string;
    computer_id: string;
    received_at: string;
    receipt: string;
    clock_offset_ms: number | null;
  };
  held: {
    id: string;
    item_id: string;
    school_id: string;
    reason: HeldReason;
    sha256: string;
    reference: string;
    received_at: string;
    computer_id: string;
    staff_id: string | null;
    writer: string | null;
    identity_is_certain: Flag;
    kind: Exclude<HeldItem['kind'], 'unopened'>;
    inside: string | null;
    sealed: Uint8Array | null;
    is_one_of_many: Flag;
    is_vouched_for: Flag;
    resolved_at: string | null;
    resolved_by: string | null;
    resolution: 'completed' | 'filed' | null;
    resolution_reason: string | null;
  };
  draft_notice: {
    school_id: string;
    staff_id: string;
    computer_id: string;
    draft_id: string;
    changed_at: string;
  };
  incident: {
    id: string;
    school_id: string;
    student_id: string;
    author_id: string;
    text: string;
    status: 'active' | 'closed';
    is_urgent: Flag;
    happened_at: string;
    submitted_at: string;
  };
  incident_student: {
    school_id: string;
    incident_id: string;
    student_id: string;
    monitors_same_categories: Flag;
  };
  /** `status` and `submitted_at` are the incident's own; a foreign key keeps them so. */
  incident_assignee: {
    school_id: string;
    incident_id: string;
    staff_id: string;
    status: 'active' | 'closed';
    submitted_at: string;
  };
  action: {
    id: string;
    school_id: string;
    incident_id: string;
    author_id: string;
    text: string;
    happened_at: string;
    submitted_at: string;
  };
  action_student: { school_id: string; action_id: string; student_id: string };
  incident_category: {
    school_id: string;
    incident_id: string;
    category_id: string;
    action_id: string | null;
  };
  incident_agency: {
    school_id: string;
    incident_id: string;
    action_id: string | null;
    name: string;
  };
  alert: {
    position: Generated<number>;
    id: string;
    school_id: string;
    staff_id: string;
    incident_id: string;
    action_id: string | null;
    kind: 'incident' | 'action' | 'assigned';
    raised_by: string;
    raised_at: string;
    read_at: string | null;
    read_with: string | null;
  };
  mail: {
    position: Generated<number>;
    id: string;
    school_id: string;
    staff_id: string;
    message_id: string;
    kind: 'alert' | 'reset';
    subject: string;
    body: string;
    queued_at: string;
    next_try_at: string;
    useless_after: string | null;
    tries: Generated<number>;
    sent_at: string | null;
    refused_at: string | null;
    last_problem: string | null;
  };
  opening: {
    id: string;
    school_id: string;
    session_id: string;
    staff_id: string;
    incident_id: string;
    opened_at: string;
  };
  session: {
    id: string;
    school_id: string;
    staff_id: string;
    token_hash: string;
    computer_id: string;
    computer_name: string;
    started_at: string;
    last_input_at: string;
    ended_at: string | null;
  };
  password: { staff_id: string; school_id: string; hash: string; changed_at: string };
  password_reset: {
    id: string;
    school_id: string;
    staff_id: string;
    link_hash: string;
    code_hash: string;
    requested_at: string;
    expires_at: string;
    used_at: string | null;
    wrong_codes: Generated<number>;
  };
  throttle: {
    key: string;
    failures: number;
    blocked_until: string | null;
    last_failure_at: string;
  };
  preference: {
    staff_id: string;
    school_id: string;
    text_size: number;
    spacing: string;
    tint: string;
  };
  audit: {
    position: Generated<number>;
    school_id: string;
    at: string;
    staff_id: string | null;
    session_id: string | null;
    computer_id: string | null;
    event: string;
    object_id: string | null;
    result: 'done' | 'refused';
  };
}
