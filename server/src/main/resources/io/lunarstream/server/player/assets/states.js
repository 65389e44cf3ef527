/**
 * The states of the preview page and the words for each: a badge of one or two words, a title, and a sentence
 * that says what happens next.
 */
export const STATES = Object.freeze({
  waiting: {
    badge: "Waiting",
    title: "Not started yet",
    text: "The stream has not started yet. This page starts by itself when it does.",
  },
  starting: {
    badge: "Starting",
    title: "Starting",
    text: "The stream is there. The picture comes in a moment.",
  },
  live: {
    badge: "Live",
    title: "Live",
    text: "The stream is playing.",
  },
  paused: {
    badge: "Paused",
    title: "Paused",
    text: "Playback is paused. Press play to go on.",
  },
  reconnecting: {
    badge: "Reconnecting",
    title: "Reconnecting",
    text: "The broadcaster’s connection is interrupted. Playback goes on by itself when it is back.",
  },
  retrying: {
    badge: "Trying again",
    title: "Trying again",
    text: "The stream could not be read. It is being opened again, from another source if there is one.",
  },
  ended: {
    badge: "Ended",
    title: "The broadcast has ended",
    text: "If a new broadcast starts, this page plays it by itself.",
  },
  unreachable: {
    badge: "Not reachable",
    title: "The stream cannot be reached",
    text: "Check your connection. This page keeps trying and starts by itself.",
  },
  unsupported: {
    badge: "Not playable",
    title: "This browser cannot play the stream",
    text: "It does not know the stream’s video or audio format. Another browser may.",
  },
  unknown: {
    badge: "Unknown",
    title: "No stream here",
    text: "There is no stream at this address any more. It may have been deleted.",
  },
});
