import { Preview } from "./preview.js";
import { View } from "./view.js";

document.documentElement.classList.toggle("embedded", window.self !== window.top);

const sources = [...document.querySelectorAll("#sources a")].map((link) => link.href);
new Preview(new View(), sources).look();
