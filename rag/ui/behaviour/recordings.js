// Recordings: a player that begins at the second that was asked for.
(() => {
  const { announce, whenPressed } = window.whosaid;

  // One player at a time, made where it is asked for; it begins at the second named in the address.
  const play = (button) => {
    document.querySelectorAll(".player").forEach((player) => { player.pause(); player.remove(); });
    const player = document.createElement(button.dataset.kind === "video" ? "video" : "audio");
    player.className = "player";
    player.controls = true;
    player.src = button.dataset.play;
    player.setAttribute("aria-label", "Recording");
    player.addEventListener("error", () => announce("The recording cannot be played."));
    (button.closest(".card, .turn, header, .details") || button.parentElement).append(player);
    player.play().catch(() => {});
    player.focus({ preventScroll: true });
  };

  whenPressed("data-play", play);
})();
