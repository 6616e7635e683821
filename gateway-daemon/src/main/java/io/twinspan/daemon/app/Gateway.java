package io.twinspan.daemon.app;

import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.control.OperatorDesk;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.service.Service;

/**
 * The parts of a running gateway that its shutdown needs.
 *
 * @param loop its control loop
 * @param journal its journal; control loop only
 * @param api its operator desk
 * @param config its desk for changes of its configuration
 * @param abandonChange ends a change that is being made; from any thread
 * @param server its control API
 * @param teardown everything that is to be undone
 * @param service what keeps descriptors beyond its life
 */
record Gateway(
        ControlLoop loop,
        EventJournal journal,
        OperatorDesk api,
        ConfigApi config,
        Runnable abandonChange,
        ApiServer server,
        Teardown teardown,
        Service service) {}
