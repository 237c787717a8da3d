package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Command;
import io.wheelhouse.sim.drill.Action.Sysctl;
import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.SoloSetup;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modeled kernel as a script sets it up. */
record Stack(SoloEnd end, Profile profile, OptionLayout layout) {
    /** Not 0, so that a number taken for relative, or a difference that overflows, shows. */
    private static final int INITIAL_SEQUENCE = 0xFFFF_F000;

    static Stack of(Script script, Drill drill) {
        String name = drill.profileFor(script);
        Map<String, String> constants = new LinkedHashMap<>();
        constants.put("mss", Integer.toString(script.options().mss()));
        List<Event> events = script.events();
        for (Event event : events.subList(0, SubsetCheck.lastOfConnection(events) + 1)) {
            if (event.action() instanceof Command command) {
                command.settings().forEach(sysctl -> constants.putAll(constants(sysctl, script)));
            }
        }
        if (script.options().initialWindow() > 0) {
            constants.put("initial-window", Integer.toString(script.options().initialWindow()));
        }
        Profile profile = Profile.named(name).with(constants);
        SoloSetup setup = new SoloSetup().profile(profile).iss(INITIAL_SEQUENCE).startNs(drill.phaseNs());
        return new Stack(
                drill.wheel().on(setup).build(),
                profile,
                name.equals("freebsd") ? OptionLayout.FREEBSD : OptionLayout.LINUX);
    }

    private static Map<String, String> constants(Sysctl sysctl, Script script) {
        return Sysctls.effect(sysctl, script.options().mss()) instanceof Sysctls.Effect.Sets sets
                ? sets.constants()
                : Map.of();
    }

    Translation translation() {
        int shift = profile.count(TcpConstant.WINDOW_SCALE);
        return new Translation(layout, shift == 0 ? -1 : shift);
    }
}
