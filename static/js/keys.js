// What went wrong with a security key or passkey, in words on the page instead of in the console.
const WORDS = {
  NotAllowedError: "It was cancelled, or it took too long. Try once more.",
  InvalidStateError: "This key is registered here already.",
  SecurityError: "Keys and passkeys work only under the site's own name, not under a bare number as address.",
  NotSupportedError: "This browser or device cannot do that.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-key-error]");
  if (!place) return;
  place.hidden = false;
  place.querySelector("p").textContent = WORDS[event.detail.exception?.name] ?? "That did not work. Try once more.";
});
