/**
 * What a source answers about a stream, learned from its playlists alone.
 *
 * A stream that can be played answers with a multivariant playlist (RFC 8216, section 4.3.4) whose media playlists
 * have no EXT-X-ENDLIST. Every other stream answers 404 with an error body whose `code` says why.
 */

/** Milliseconds until a request counts as unanswered: longer than a slow phone needs, short enough to fail over. */
const ANSWER_TIMEOUT_MS = 8_000;

const STATE_BY_CODE = new Map([
  ["STREAM_NOT_STARTED", "waiting"],
  ["STREAM_ENDED", "ended"],
  ["STREAM_NOT_FOUND", "unknown"],
]);

/**
 * Asks one source for the stream's state.
 *
 * @param {string} url address of the multivariant playlist
 * @returns {Promise<"playable"|"waiting"|"ended"|"unknown"|"unreachable">}
 */
export async function askSource(url) {
  try {
    const answer = await get(url);
    if (answer.status === 404) {
      return STATE_BY_CODE.get((await answer.json()).code) ?? "unreachable";
    }
    if (!answer.ok) {
      return "unreachable";
    }
    const media = await readMediaPlaylist(answer);
    return media.ended ? "ended" : "playable";
  } catch {
    return "unreachable";
  }
}

/**
 * Reads the media playlist an address leads to: itself, or the first variant it names.
 *
 * @param {string} url address of a multivariant or media playlist
 * @returns {Promise<MediaPlaylist>}
 */
export async function fetchMediaPlaylist(url) {
  const answer = await get(url);
  if (!answer.ok) {
    throw new Error(`playlist answered ${answer.status}`);
  }
  return readMediaPlaylist(answer);
}

async function readMediaPlaylist(answer) {
  const text = await answer.text();
  if (!text.startsWith("#EXTM3U")) {
    throw new Error("not a playlist");
  }
  if (text.includes("#EXT-X-TARGETDURATION:")) {
    return parseMediaPlaylist(text);
  }
  const variant = firstUri(text);
  if (variant === undefined) {
    throw new Error("a multivariant playlist without variants");
  }
  return fetchMediaPlaylist(new URL(variant, answer.url).href);
}

/**
 * @typedef {object} MediaPlaylist
 * @property {boolean} ended whether EXT-X-ENDLIST is there
 * @property {number} targetDurationMs EXT-X-TARGETDURATION in milliseconds
 * @property {string} edge the newest media it names: changes when the playlist advances
 */

/**
 * @param {string} text a media playlist
 * @returns {MediaPlaylist}
 */
export function parseMediaPlaylist(text) {
  const lines = text.split(/\r?\n/);
  const number = (tag) => Number(lines.find((line) => line.startsWith(tag))?.slice(tag.length) ?? 0);
  const count = (tag) => lines.filter((line) => line.startsWith(tag)).length;
  return {
    ended: lines.includes("#EXT-X-ENDLIST"),
    targetDurationMs: number("#EXT-X-TARGETDURATION:") * 1_000,
    edge: `${number("#EXT-X-MEDIA-SEQUENCE:") + count("#EXTINF:")}:${count("#EXT-X-PART:")}`,
  };
}

function firstUri(text) {
  return text.split(/\r?\n/).find((line) => line !== "" && !line.startsWith("#"));
}

function get(url) {
  return fetch(url, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
}
