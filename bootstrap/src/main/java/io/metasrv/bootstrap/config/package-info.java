/**
 * From TOML, environment and command line to {@code MetasrvOptions}. Every key is listed once, in
 * the {@code …Settings} classes, with its type, its place in the records and what it means; the
 * example file, the effective configuration and the errors are all made from that list.
 */
@NullMarked
package io.metasrv.bootstrap.config;

import org.jspecify.annotations.NullMarked;
