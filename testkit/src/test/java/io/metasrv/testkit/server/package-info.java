/** Tests of the servers and the bad network that other tests rely on. */
@NullMarked
package io.metasrv.testkit.server;

import org.jspecify.annotations.NullMarked;
