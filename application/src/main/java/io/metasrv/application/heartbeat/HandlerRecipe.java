package io.metasrv.application.heartbeat;

import java.util.function.Function;

/**
 * A handler by its name, made anew for each term.
 *
 * @param name what customisations, metrics and logs know the handler by
 * @param make makes it from what the leader remembers in the term; does no I/O
 */
public record HandlerRecipe(String name, Function<HeartbeatParts, HeartbeatHandler> make) {}
