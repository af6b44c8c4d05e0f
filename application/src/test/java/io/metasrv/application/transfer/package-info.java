/** How the content of a store is carried elsewhere, on the in-memory store and with recordings. */
@NullMarked
package io.metasrv.application.transfer;

import org.jspecify.annotations.NullMarked;
