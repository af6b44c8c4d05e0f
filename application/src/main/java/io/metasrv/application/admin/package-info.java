/** Service Admin: what operators see and switch, on any node. */
@NullMarked
package io.metasrv.application.admin;

import org.jspecify.annotations.NullMarked;
