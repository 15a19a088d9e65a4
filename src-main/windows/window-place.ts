/** Where the window stands: as it was left, and always within a display that is there. */
import { z } from 'zod';

export const WindowPlace = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

/** Density-independent pixels, as Electron gives them. */
interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a school's commonest screen has, and the least that the forms need. */
export const USUAL_SIZE = { width: 1366, height: 768 } as const;
export const LEAST_SIZE = { width: 480, height: 400 } as const;

/**
 * The bounds to open the window with: the place it was left at, where enough of its top edge is
 * still on a display to take hold of it; else the middle of the first display. Never larger than
 * the display's work area (which leaves out the taskbar).
 */
export function fitPlace(
  left: WindowPlace | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const area = left === null ? undefined : workAreas.find((each) => canBeHeld(left, each));
  if (left === null || area === undefined) {
    const [first] = workAreas;
    const width = Math.min(USUAL_SIZE.width, first.width);
    const height = Math.min(USUAL_SIZE.height, first.height);
    return {
      x: first.x + Math.floor((first.width - width) / 2),
      y: first.y + Math.floor((first.height - height) / 2),
      width,
      height,
    };
  }
  const width = clamp(left.width, Math.min(LEAST_SIZE.width, area.width), area.width);
  const height = clamp(left.height, Math.min(LEAST_SIZE.height, area.height), area.height);
  return {
    x: clamp(left.x, area.x, area.x + area.width - width),
    y: clamp(left.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** At least 100 pixels of the title bar lie on this display. */
function canBeHeld(place: Rectangle, area: Rectangle): boolean {
  const across = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const topIsInside = place.y >= area.y - 20 && place.y < area.y + area.height - 20;
  return across >= 100 && topIsInside;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
