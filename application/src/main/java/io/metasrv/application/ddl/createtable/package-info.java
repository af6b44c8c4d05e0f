/**
 * CREATE TABLE: regions are made first, metadata in one transaction behind them (sheet 06 §7). What
 * was made of a table that is never finished is undone.
 */
@NullMarked
package io.metasrv.application.ddl.createtable;

import org.jspecify.annotations.NullMarked;
