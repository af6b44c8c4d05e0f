/** Tests of the client against a server that follows sheet 01. */
@NullMarked
package io.metasrv.client;

import org.jspecify.annotations.NullMarked;
