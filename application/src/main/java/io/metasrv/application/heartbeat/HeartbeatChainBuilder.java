package io.metasrv.application.heartbeat;

import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** The handlers of a chain while they may still be changed by name (sheet 04 §3). */
public final class HeartbeatChainBuilder {

  private final List<HandlerRecipe> recipes;

  HeartbeatChainBuilder(List<HandlerRecipe> recipes) {
    this.recipes = new ArrayList<>(recipes);
  }

  /** Puts a handler at the end. */
  public HeartbeatChainBuilder addLast(HandlerRecipe recipe) {
    recipes.add(recipe);
    return this;
  }

  /**
   * Puts a handler right behind another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder addAfter(String target, HandlerRecipe recipe) {
    recipes.add(indexOf(target) + 1, recipe);
    return this;
  }

  /**
   * Puts a handler right before another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder addBefore(String target, HandlerRecipe recipe) {
    recipes.add(indexOf(target), recipe);
    return this;
  }

  /**
   * Puts a handler in the place of another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder replace(String target, HandlerRecipe recipe) {
    recipes.set(indexOf(target), recipe);
    return this;
  }

  private int indexOf(String target) {
    for (int i = 0; i < recipes.size(); i++) {
      if (recipes.get(i).name().equals(target)) {
        return i;
      }
    }
    throw ServiceException.invalidArguments("Handler not found: " + target);
  }

  /** The handlers in order. */
  List<HandlerRecipe> recipes() {
    return List.copyOf(recipes);
  }
}
