/**
 * Playing one source on the video element: with hls.js where the browser has Media Source Extensions, else with the
 * browser's own HLS (iPhones before iOS 17.1).
 *
 * Both kinds report to the same listener:
 *   playlist(MediaPlaylist)   the media playlist was read (again)
 *   failed(reason)            "source": this source is of no use now; "format": the browser cannot decode the stream
 */
import Hls from "./hls.min.mjs";
import { fetchMediaPlaylist } from "./playlist.js";

/** Decoder errors forgiven before a source counts as failed: one bad picture, and one more to be sure. */
const MEDIA_RECOVERIES = 2;

/**
 * Patience with a source that fails: about as long as the buffer lasts (1 + 2 + 4 s). Then the page asks what is the
 * matter, or takes the next source. hls.js alone would not try again when a connection is refused (code 0), as it is
 * while a server restarts.
 */
const RETRIES = {
  maxNumRetry: 3,
  retryDelayMs: 1_000,
  maxRetryDelayMs: 4_000,
  shouldRetry: (limits, count, isTimeout, response, retry) =>
    retry || (response?.code === 0 && count < limits.maxNumRetry),
};

const LOAD_POLICY = {
  default: { maxTimeToFirstByteMs: 8_000, maxLoadTimeMs: 20_000, timeoutRetry: RETRIES, errorRetry: RETRIES },
};

/** How much faster than life a player may run that has fallen behind: nobody hears it. */
const CATCH_UP_RATE = 1.1;

const HLS_OPTIONS = {
  lowLatencyMode: true,
  maxLiveSyncPlaybackRate: CATCH_UP_RATE,
  workerPath: new URL("./hls.worker.js", import.meta.url).href,
  liveDurationInfinity: true,
  backBufferLength: 30,
  fragLoadPolicy: LOAD_POLICY,
  playlistLoadPolicy: LOAD_POLICY,
};

const NATIVE_TYPE = "application/vnd.apple.mpegurl";

const FORMAT_ERRORS = new Set([
  Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR,
  Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR,
  Hls.ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR,
]);

/**
 * Starts to play a source.
 *
 * @param {HTMLVideoElement} video where the picture goes
 * @param {string} url address of the multivariant playlist
 * @param {{playlist: function(MediaPlaylist): void, failed: function("source"|"format"): void}} listener
 * @returns {{latencySeconds: number, close: function(): void}} latency: how far the picture is behind the live edge, NaN
 *     if the browser does not say
 */
export function startPlayback(video, url, listener) {
  if (Hls.isSupported()) {
    return new HlsJsPlayback(video, url, listener);
  }
  if (video.canPlayType(NATIVE_TYPE) !== "") {
    return new NativePlayback(video, url, listener);
  }
  queueMicrotask(() => listener.failed("format"));
  return { latencySeconds: NaN, close() {} };
}

class HlsJsPlayback {
  #hls = new Hls(HLS_OPTIONS);
  #listener;
  #recoveries = 0;

  constructor(video, url, listener) {
    this.#listener = listener;
    this.#hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => listener.playlist(describe(details)));
    this.#hls.on(Hls.Events.ERROR, (_, error) => this.#onError(error));
    this.#hls.loadSource(url);
    this.#hls.attachMedia(video);
  }

  get latencySeconds() {
    return this.#hls.latency || NaN;
  }

  #onError(error) {
    if (!error.fatal) {
      return;
    }
    if (FORMAT_ERRORS.has(error.details)) {
      this.#listener.failed("format");
    } else if (error.type === Hls.ErrorTypes.MEDIA_ERROR && this.#recoveries < MEDIA_RECOVERIES) {
      this.#recoveries += 1;
      this.#hls.recoverMediaError();
    } else {
      this.#listener.failed("source");
    }
  }

  close() {
    this.#hls.destroy();
  }
}

/** hls.js' view of a media playlist in our words. */
function describe(details) {
  return {
    ended: !details.live,
    targetDurationMs: details.targetduration * 1_000,
    edge: `${details.endSN}:${details.partList?.length ?? 0}`,
  };
}

class NativePlayback {
  latencySeconds = NaN;
  #video;
  #url;
  #listener;
  #timer = 0;
  #closed = false;
  #onError = () => {
    const format = this.#video.error?.code === MediaError.MEDIA_ERR_DECODE;
    this.#listener.failed(format ? "format" : "source");
  };

  constructor(video, url, listener) {
    this.#video = video;
    this.#url = url;
    this.#listener = listener;
    video.addEventListener("error", this.#onError);
    video.src = url;
    this.#watch();
  }

  /** The browser tells nothing about its playlist, so the page reads it too, once per target duration. */
  async #watch() {
    let pauseMs = 2_000;
    try {
      const playlist = await fetchMediaPlaylist(this.#url);
      if (this.#closed) {
        return;
      }
      this.#listener.playlist(playlist);
      pauseMs = playlist.targetDurationMs;
    } catch {
      // The video element reports it if this matters to playback.
    }
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.#watch(), pauseMs);
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#video.removeEventListener("error", this.#onError);
    this.#video.removeAttribute("src");
    this.#video.load();
  }
}
