import { describe, expect, test } from 'vitest';
import { api } from './api.ts';
import { address } from './endpoint.ts';

const INCIDENT = '0198c0de-0000-7000-8000-000000000001';
const OPENING = '0198c0de-0000-7000-8000-000000000002';

describe('where a request goes', () => {
  test('parts of the path are filled in and the rest of a GET becomes its query', () => {
    expect(address(api.readIncident, { incidentId: INCIDENT, openingId: OPENING })).toEqual({
      url: `/v1/incidents/${INCIDENT}?openingId=${OPENING}`,
      body: undefined,
    });
  });

  test('what is not given is not sent', () => {
    expect(address(api.listStudents, { after: undefined }).url).toBe('/v1/students');
  });

  test('a part of the path cannot lead elsewhere', () => {
    expect(address(api.markAlertRead, { alertId: '../session?x=1' }).url).toBe(
      '/v1/alerts/..%2Fsession%3Fx%3D1/read',
    );
  });

  test('no two endpoints share a method and a path', () => {
    const doors = Object.values(api).map((e) => `${e.method} ${e.path}`);
    expect(doors).toEqual([...new Set(doors)]);
  });
});
