import { STATES } from "./states.js";

/** The page's elements: shows a state in words and offers the two buttons. */
export class View {
  #root = document.getElementById("preview");
  #badge = document.getElementById("badge");
  #title = document.getElementById("status-title");
  #text = document.getElementById("status-text");
  #play = document.getElementById("play");
  #unmute = document.getElementById("unmute");
  video = document.getElementById("video");

  constructor() {
    this.#play.addEventListener("click", () => this.video.play().catch(() => {}));
    this.#unmute.addEventListener("click", () => {
      this.video.muted = false;
      this.video.focus();
      this.#unmute.hidden = true;
    });
    this.video.addEventListener("volumechange", () => {
      this.#unmute.hidden ||= !this.video.muted;
    });
    this.video.addEventListener("playing", () => {
      this.#play.hidden = true;
    });
  }

  get state() {
    return this.#root.dataset.state;
  }

  /**
   * Shows a state; the words are touched only when they change, so that screen readers say them once.
   *
   * @param {keyof STATES} state
   * @param {boolean} picture whether the video is on the stage, with the words as a note, or the words alone
   */
  show(state, picture) {
    this.#root.dataset.picture = picture ? "shown" : "none";
    if (this.video.controls !== picture) {
      this.video.controls = picture;
    }
    if (this.#text.textContent === STATES[state].text) {
      return;
    }
    this.#root.dataset.state = state;
    this.#badge.textContent = STATES[state].badge;
    this.#title.textContent = STATES[state].title;
    this.#text.textContent = STATES[state].text;
  }

  /** Notes how far the picture is behind the live edge, for whoever looks at the element: `data-latency`. */
  latency(seconds) {
    if (Number.isNaN(seconds)) {
      delete this.#root.dataset.latency;
    } else {
      this.#root.dataset.latency = seconds.toFixed(2);
    }
  }

  hideButtons() {
    this.#play.hidden = true;
    this.#unmute.hidden = true;
  }

  /**
   * Plays with sound if the browser lets the page, else without and with a button for the sound, else offers a
   * button to play.
   */
  async play() {
    try {
      await this.video.play();
    } catch (refusal) {
      if (refusal.name !== "NotAllowedError") {
        return;
      }
      this.video.muted = true;
      await this.video.play().then(
        () => (this.#unmute.hidden = !this.video.muted),
        () => (this.#play.hidden = false),
      );
    }
  }
}
