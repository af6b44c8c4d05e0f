package io.metasrv.application.service;

import java.util.Optional;

/**
 * What operators see of databases and tables. Everything is read from the shared store, so that
 * every node answers, leader or not. A value that cannot be read is named in the answer with its
 * key, and the rest of the answer is there nevertheless. Nothing is read at one moment: what is
 * written meanwhile may show up in parts. Thread-safe.
 *
 * <p>Every method throws {@link io.metasrv.domain.error.StoreException}s as the store does.
 */
public interface CatalogueService {

  /** JSON object: {@code databases} with options and number of tables, ascending by name. */
  String databasesJson();

  /**
   * JSON object: a page of {@code tables}, ascending by catalog, database and name, and {@code
   * next}, the place to go on after, if there are more.
   *
   * @param database {@code name} or {@code catalog.name}; empty for all
   * @param limit most tables, at least 1
   * @param after a {@code next} of an earlier page
   * @throws io.metasrv.domain.error.ServiceException (DatabaseNotFound) if there is no such
   *     database; (InvalidArguments) if {@code after} is no place
   */
  String tablesJson(Optional<String> database, int limit, Optional<String> after);

  /**
   * JSON object: one table or view with all that is stored of it. Empty if there is none.
   *
   * @param nameOrId an id, or {@code table}, {@code database.table} or {@code
   *     catalog.database.table}
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if the text is neither, or
   *     the name may mean several tables
   */
  Optional<String> tableJson(String nameOrId);
}
