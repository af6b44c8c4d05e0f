/**
 * What can be configured: one immutable record a concern, each with its defaults. The records know
 * nothing of TOML, environment or command line; {@code bootstrap} binds those to them. Names and
 * defaults follow sheet 02 §18.2 and sheet 09 §7; options of our own say so.
 */
@NullMarked
package io.metasrv.application.options;

import org.jspecify.annotations.NullMarked;
