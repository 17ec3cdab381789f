import { parseEvent, unwrapped } from "./cloud-trail-event";

export interface MessageEvent {
  readonly id: string;
  /** The event as CloudTrail made it, as one line of JSON. */
  readonly line: string;
}

/**
 * The events of a message's body: from EventBridge, from SNS, or as they are. Undefined where anything in it is no event,
 * so that nothing is thrown away that nobody understood.
 */
export function eventsOfMessage(body: string): readonly MessageEvent[] | undefined {
  try {
    const events = unwrapped(JSON.parse(body)).map((value) => {
      const event = parseEvent(value);
      return event && { id: event.eventID, line: JSON.stringify(value) };
    });
    const known = events.filter((event) => event !== undefined);
    return known.length > 0 && known.length === events.length ? known : undefined;
  } catch {
    return undefined;
  }
}
