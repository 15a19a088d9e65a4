/** Types of the part of `x11` that the stand-in uses; the package has none. */
declare module 'x11' {
  export interface XEvent {
    name: string;
    type: number;
    wid: number;
    parent?: number;
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    borderWidth?: number;
    sibling?: number;
    stackMode?: number;
    mask?: number | string;
    atom?: number;
    detail?: number;
    mode?: number;
    overrideRedirect?: boolean | number;
  }

  export interface XError extends Error {
    error: number;
  }

  export interface WindowChanges {
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    borderWidth?: number;
    sibling?: number;
    stackMode?: number;
  }

  type Answer<Value> = (error: XError | null, value: Value) => void;

  export interface ScreenSaver {
    QueryInfo(drawable: number, answer: Answer<{ idle: number }>): void;
  }

  export interface Xinerama {
    QueryScreens(answer: Answer<{ x: number; y: number; width: number; height: number }[]>): void;
  }

  export interface XClient extends NodeJS.EventEmitter {
    atoms: Record<string, number>;
    ChangeWindowAttributes(
      wid: number,
      values: { eventMask?: number },
      answer?: Answer<void>,
    ): void;
    ChangeProperty(
      mode: number,
      wid: number,
      name: number,
      type: number,
      units: number,
      value: Buffer | number[],
    ): void;
    ConfigureWindow(wid: number, changes: WindowChanges): void;
    GetProperty(
      remove: number,
      wid: number,
      name: number,
      type: number,
      offset: number,
      length: number,
      answer: Answer<{ type: number; data: Buffer }>,
    ): void;
    GetInputFocus(answer: Answer<{ focus: number }>): void;
    GetWindowAttributes(wid: number, answer: Answer<{ overrideRedirect?: number | boolean }>): void;
    InternAtom(onlyIfExists: boolean, name: string, answer: Answer<number>): void;
    MapWindow(wid: number): void;
    QueryTree(wid: number, answer: Answer<{ children: number[] }>): void;
    SetInputFocus(wid: number, revertTo: number): void;
    SendClientMessage(
      destination: number,
      wid: number,
      type: number,
      format: number,
      data: number[],
      eventMask?: number,
    ): void;
    UnmapWindow(wid: number): void;
    require(name: 'screen-saver', answer: Answer<ScreenSaver>): void;
    require(name: 'xinerama', answer: Answer<Xinerama>): void;
    sync(answer: Answer<unknown>): void;
    terminate(): void;
  }

  export interface XDisplay {
    client: XClient;
    screen: { root: number; pixel_width: number; pixel_height: number }[];
  }

  export const eventMask: {
    FocusChange: number;
    PropertyChange: number;
    StructureNotify: number;
    SubstructureNotify: number;
    SubstructureRedirect: number;
  };

  export function createClient(
    options: { display: string },
    connected: (error: Error | null, display: XDisplay) => void,
  ): XClient;
}
