import { guardDrafts } from "./drafts.js";
import { listenForKeys } from "./keys.js";
import { watchIdle } from "./idle.js";
import { guardForms } from "./forms.js";

guardForms();
guardDrafts();
listenForKeys();
watchIdle();
