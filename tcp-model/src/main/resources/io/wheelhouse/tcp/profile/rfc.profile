# TCP by the RFCs, with the plainest choice wherever they leave one, and nothing that they do not ask for.
# One line a constant: name = value unit # source

jiffy                    = 0 ns                   # none: times are exact

estimator                = rfc6298 rule           # RFC 6298, section 2
rto-initial              = 1 s                    # RFC 6298, section 2.1
rto-min                  = 1 s                    # RFC 6298, section 2.4
rto-min-on-variation     = off flag               # RFC 6298, section 2.4: the floor is under the RTO
rto-slop                 = 0 ns                   # RFC 6298, section 2, adds none
rto-max                  = 60 s                   # RFC 6298, section 2.5: the least maximum allowed
rto-doublings            = none doublings         # RFC 6298, section 5.5: a maximum bounds the doublings, no number
clock-granularity        = 1 ms                   # RFC 6298, section 4: any G up to 100 ms; RFC 7323, section 5.4: 1 ms is the finest timestamp clock
rto-after-handshake-loss = 3 s                    # RFC 6298, section 5.7
rtt-samples              = one-at-a-time rule     # RFC 6298, section 3: at least one in a round trip

retries1                 = 3 retransmissions      # RFC 9293, section 3.8.3: R1 at least 3
retries2                 = none retransmissions   # RFC 9293, section 3.8.3: R2 here as a time, give-up-time
retries-base             = 1 s                    # RFC 6298, section 2.1; of use only if retries2 is set
give-up-time             = 100 s                  # RFC 9293, section 3.8.3: R2 at least 100 s
data-retransmissions     = none retransmissions   # RFC 9293, section 3.8.3: R2 here as a time, give-up-time
reset-on-give-up         = off flag               # RFC 9293, section 3.8.3 (d): the connection is closed, nothing is said of a segment
thin-linear-timeouts     = off flag               # RFC 6298, section 5.5: every timeout doubles
thin-linear-retries      = 0 retransmissions      # of no effect without thin-linear-timeouts
user-timeout             = none s                 # RFC 9293, section 3.9.1: an optional argument of OPEN and SEND
user-timeout-rule        = timer rule             # RFC 9293, section 3.10.8: an event of its own
orphan-retries           = none retransmissions   # RFC 9293 does not treat a closed application apart
syn-retries              = none retransmissions   # RFC 9293, section 3.8.3: R2 here as a time, syn-give-up-time
syn-linear-timeouts      = 0 retransmissions      # RFC 6298, section 5.5: every timeout doubles
synack-retries           = none retransmissions   # RFC 9293, section 3.8.3: R2 here as a time, syn-give-up-time
syn-give-up-time         = 180 s                  # RFC 9293, section 3.8.3: R2 for a SYN at least 3 minutes
connect-timeout          = none s                 # RFC 9293, section 3.8.3: R2 here as syn-give-up-time
persist-min              = 1 s                    # RFC 9293, section 3.8.6.1: first after a retransmission timeout, whose floor is rto-min
persist-max              = 60 s                   # RFC 9293, section 3.8.6.1, doubles without naming a bound; that of the retransmission timeout, rto-max
persist-rule             = bsd rule               # RFC 9293, section 3.8.6.1: at least one octet of new data

delayed-ack-min          = 200 ms                 # RFC 9293, section 3.8.6.3: under 500 ms; 200 ms is BSD's
delayed-ack-max          = 200 ms                 # as delayed-ack-min: the delay is fixed
quick-acks               = 0 acknowledgments      # RFC 5681, section 4.2, knows none
pingpong-threshold       = 1 replies              # of no effect without quick acknowledgments
ack-every                = 2 segments             # RFC 5681, section 4.2: at least every second full-sized segment
ack-rule                 = rfc5681 rule           # RFC 5681, section 4.2
arrival-rule             = rfc9293 rule           # RFC 9293, section 3.10.7
challenge-interval       = 500 ms                 # RFC 5961, section 7, asks for a limit; the number is Linux's tcp_invalid_ratelimit

keepalive                = off flag               # RFC 9293, section 3.8.4: must default to off
keepalive-time           = 7200 s                 # RFC 9293, section 3.8.4: no less than two hours
keepalive-interval       = 75 s                   # RFC 9293 names none; BSD's
keepalive-probes         = 9 probes               # RFC 9293, section 3.8.4: more than one; the number is Linux's

fin-wait-2               = on flag                # RFC 9293, section 3.3.2
fin-wait-2-timeout       = none s                 # RFC 9293, section 3.6, names none
time-wait                = 240 s                  # RFC 9293, sections 3.4.2 and 3.6.1: 2 MSL of 2 minutes each
closing-rule             = rfc9293 rule           # RFC 9293, section 3.10.7.4: a repeated FIN restarts the 2 MSL timeout
repeat-fin               = off flag               # RFC 9293, section 3.10.7.4: an acknowledgment is one
ignore-reset-in-time-wait = off flag              # RFC 9293, section 3.10.7.4: a reset ends TIME-WAIT; RFC 1337 is informational

initial-window           = 10 segments            # RFC 6928, section 2
handshake-losses-allowed = 0 retransmissions      # RFC 5681, section 3.1: one segment if the SYN or SYN-ACK is lost
loss-window              = 1 segments             # RFC 5681, section 3.1
window-unit              = bytes rule             # RFC 5681, section 2
congestion-control       = reno rule              # RFC 5681, section 3.1
window-reduction         = at-once rule           # RFC 5681, section 3.2; RFC 6675, section 5
idle-restart             = rfc5681 rule           # RFC 5681, section 4.1
nagle                    = rfc9293 rule           # RFC 9293, section 3.7.4: should be implemented
offered-window-rule      = rfc9293 rule           # RFC 9293, section 3.10.7.4, fifth

loss-detection           = rfc6675 rule           # RFC 6675, section 4; of use with SACK only
reordering               = 3 segments             # RFC 5681, section 3.2
reordering-max           = 3 segments             # RFC 5681, section 3.2: the threshold is fixed
rack-options             = 0 bits                 # of no effect without RACK
rack-persistence         = 16 recoveries          # RFC 8985, section 6.2, step 4: not used without RACK
reneging-wait            = 10 ms                  # RFC 2018, section 8, gives none; as Linux
tail-loss-probe          = off flag               # RFC 8985, section 7: not asked for
probe-ack-delay          = 200 ms                 # RFC 8985, section 7.2: TLP.max_ack_delay; of no effect without probes
timeout-min              = 0 ns                   # RFC 8985 names none
limited-transmit         = on flag                # RFC 5681, section 3.2, step 1: should be used
undo                     = off flag               # RFC 5681 knows none
forward-rto              = off flag               # RFC 5682: an option

pacing-slow-start-ratio  = 200 percent            # Linux's; of no effect without pacing
pacing-avoidance-ratio   = 120 percent            # Linux's; of no effect without pacing
pacing-unpaced           = 10 segments            # RFC 6928: an initial window may leave at once
pacing                   = off flag               # the RFCs leave it to the stack
mss                      = 1460 B                 # RFC 9293, section 3.7.1: an MTU of 1500 less 40 bytes of headers
timestamps               = off flag               # RFC 7323, section 3: an option
timestamp-expiry         = 2073600 s              # RFC 7323, section 5.5: 24 days
timestamp-clock          = 1 ms                   # RFC 7323, section 5.4: between 1 ms and 1 s
sack                     = off flag               # RFC 2018: an option
dsack                    = off flag               # RFC 2883: an option
receive-window           = 65535 B                # RFC 9293, section 3.1: what the field holds unscaled
window-rule              = rfc1122 rule           # RFC 1122, section 4.2.3.3; RFC 9293, section 3.8.6.2.2
window-scale             = 0 bits                 # RFC 7323, section 2: an option

timer-sharing            = none rule              # the RFCs speak of timers, not of entries
