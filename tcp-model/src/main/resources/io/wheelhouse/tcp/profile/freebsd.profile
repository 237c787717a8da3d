# FreeBSD 14 as it comes, IPv4 over Ethernet. Names in capitals are constants of sys/netinet/tcp_timer.h; names that begin
# with net.inet.tcp are sysctls of tcp(4) and may be set by that name.
# One line a constant: name = value unit # source

jiffy                    = 1 ms                   # kern.hz=1000; tick(9)

estimator                = rfc6298 rule           # tcp_xmit_timer(), sys/netinet/tcp_input.c: RFC 6298's, in scaled integers
rto-initial              = 1 s                    # TCPTV_RTOBASE; net.inet.tcp.rexmit_initial
rto-min                  = 30 ms                  # TCPTV_MIN; net.inet.tcp.rexmit_min
rto-min-on-variation     = off flag               # TCPT_RANGESET(): the floor is under the sum
rto-slop                 = 200 ms                 # TCPTV_CPU_VAR; net.inet.tcp.rexmit_slop, tcp(4)
rto-max                  = 64 s                   # TCPTV_REXMTMAX
clock-granularity        = 1 ms                   # tcp_ts_getticks() counts milliseconds
rto-after-handshake-loss = 1 s                    # TCPTV_RTOBASE; no other is set after a lost SYN
rtt-samples              = one-at-a-time rule     # t_rtttime, sys/netinet/tcp_output.c: one segment is timed where timestamps are not agreed on

retries1                 = 3 retransmissions      # TCP_MAXRXTSHIFT / 4: in_losing(), tcp_timer_rexmt(), sys/netinet/tcp_timer.c
retries2                 = none retransmissions   # none: retransmissions are counted, data-retransmissions
retries-base             = 230 ms                 # TCPTV_MIN + TCPTV_CPU_VAR: the least timeout, with which the time for retries1 begins
give-up-time             = none s                 # none: retransmissions are counted, data-retransmissions
data-retransmissions     = 12 retransmissions     # TCP_MAXRXTSHIFT
reset-on-give-up         = on flag                # tcp_drop(), sys/netinet/tcp_subr.c
thin-linear-timeouts     = off flag               # none: tcp_backoff[], sys/netinet/tcp_timer.c, doubles
thin-linear-retries      = 0 retransmissions      # of no effect without thin-linear-timeouts
user-timeout             = none s                 # none: RFC 5482 is not implemented
user-timeout-rule        = timer rule             # none of its own; RFC 9293, section 3.10.8
orphan-retries           = none retransmissions   # none: tcp_timer_rexmt() does not look at the application
syn-retries              = none retransmissions   # none: an opening has a time, connect-timeout
syn-linear-timeouts      = 4 retransmissions      # tcp_syn_backoff[] = 1, 1, 1, 1, 1, 2, 4 ..., sys/netinet/tcp_timer.c
synack-retries           = 3 retransmissions      # SYNCACHE_MAXREXMTS, sys/netinet/tcp_syncache.c; net.inet.tcp.syncache.rexmtlimit
syn-give-up-time         = none s                 # none: see connect-timeout
connect-timeout          = 75 s                   # TCPTV_KEEP_INIT; net.inet.tcp.keepinit
persist-min              = 5 s                    # TCPTV_PERSMIN; net.inet.tcp.persmin
persist-max              = 60 s                   # TCPTV_PERSMAX; net.inet.tcp.persmax
persist-rule             = bsd rule               # tcp_setpersist(), tcp_timer_persist(): a byte of new data

delayed-ack-min          = 40 ms                  # TCPTV_DELACK; net.inet.tcp.delacktime
delayed-ack-max          = 40 ms                  # as delayed-ack-min: the delay is fixed
quick-acks               = 0 acknowledgments      # none: DELAY_ACK(), sys/netinet/tcp_input.c
pingpong-threshold       = 1 replies              # of no effect without quick acknowledgments
ack-every                = 2 segments             # DELAY_ACK(), sys/netinet/tcp_input.c: not while one is delayed already
ack-rule                 = freebsd rule           # DELAY_ACK(), sys/netinet/tcp_input.c: one delayed at a time
arrival-rule             = bsd rule               # syncache_add(), sys/netinet/tcp_syncache.c: a repeated SYN starts timer and count again
challenge-interval       = 200 ms                 # net.inet.tcp.ack_war_cnt=5 in net.inet.tcp.ack_war_timewindow=1000 ms

keepalive                = on flag                # net.inet.tcp.always_keepalive=1
keepalive-time           = 7200 s                 # TCPTV_KEEP_IDLE; net.inet.tcp.keepidle
keepalive-interval       = 75 s                   # TCPTV_KEEPINTVL; net.inet.tcp.keepintvl
keepalive-probes         = 8 probes               # TCPTV_KEEPCNT; net.inet.tcp.keepcnt

fin-wait-2               = on flag                # tcp_timer_2msl(), sys/netinet/tcp_timer.c
fin-wait-2-timeout       = 675 s                  # TP_MAXIDLE(), which is keepcnt * keepintvl, and one keepintvl more: tcp_timer_2msl(), sys/netinet/tcp_timer.c
time-wait                = 60 s                   # 2 * TCPTV_MSL, which is half of it in net.inet.tcp.msl
closing-rule             = rfc9293 rule           # tcp_twcheck(), sys/netinet/tcp_timewait.c: a FIN starts 2 MSL again
repeat-fin               = on  flag               # tcp_outflags[], sys/netinet/tcp_fsm.h; tcp_output(), sys/netinet/tcp_output.c
ignore-reset-in-time-wait = on flag                # tcp_twcheck(), sys/netinet/tcp_timewait.c

initial-window           = 10 segments            # net.inet.tcp.initcwnd_segments
handshake-losses-allowed = 0 retransmissions      # cc_conn_init(), sys/netinet/tcp_input.c: one segment if the SYN was lost
loss-window              = 1 segments             # cc_cong_signal(), CC_RTO, sys/netinet/tcp_input.c
window-unit              = bytes rule             # t_maxseg, snd_cwnd: sys/netinet/tcp_var.h
congestion-control       = cubic rule             # CC_DEFAULT, sys/netinet/cc/cc.c, since FreeBSD 14; net.inet.tcp.cc.algorithm
window-reduction         = proportional rule      # V_tcp_do_prr; net.inet.tcp.do_prr
idle-restart             = rfc5681 rule           # cc_after_idle(), sys/netinet/tcp_output.c
nagle                    = rfc9293 rule           # TF_NODELAY is not set, sys/netinet/tcp_output.c
offered-window-rule      = rfc9293 rule           # tcp_do_segment(), sys/netinet/tcp_input.c: step6

loss-detection           = rfc6675 rule           # net.inet.tcp.sack.revised, tcp_sack.c
reordering               = 3 segments             # tcprexmtthresh, sys/netinet/tcp_input.c
reordering-max           = 3 segments             # tcprexmtthresh is fixed
rack-options             = 0 bits                 # of no effect without RACK
rack-persistence         = 16 recoveries          # RFC 8985, section 6.2, step 4: not used without RACK
reneging-wait            = 10 ms                  # RFC 2018, section 8, gives none; as Linux
tail-loss-probe          = off flag               # the default stack has none
probe-ack-delay          = 200 ms                 # of no effect without probes
timeout-min              = 0 ns                   # of no effect without probes
limited-transmit         = on flag                # V_tcp_do_rfc3042; net.inet.tcp.rfc3042
undo                     = off flag               # bad retransmits are undone within half a round trip only: not modeled
forward-rto              = off flag               # the default stack has none

pacing-slow-start-ratio  = 200 percent            # Linux's; of no effect without pacing
pacing-avoidance-ratio   = 120 percent            # Linux's; of no effect without pacing
pacing-unpaced           = 10 segments            # RFC 6928: an initial window may leave at once
pacing                   = off flag               # the default stack does not pace
mss                      = 1460 B                 # an MTU of 1500 less 40 bytes of headers
timestamps               = on flag                # net.inet.tcp.rfc1323=1
timestamp-expiry         = 2073600 s              # TCP_PAWS_IDLE, sys/netinet/tcp_seq.h: 24 days
timestamp-clock          = 1 ms                   # tcp_ts_getticks(), sys/netinet/tcp_seq.h
sack                     = on flag                # net.inet.tcp.sack.enable=1
dsack                    = on flag                # tcp_update_dsack_list(), sys/netinet/tcp_sack.c
receive-window           = 65536 B                # net.inet.tcp.recvspace; it is not grown here
window-rule              = freebsd rule           # tcp_output(), sys/netinet/tcp_output.c
window-scale             = 6 bits                 # tcp_syncache.c: for sb_max of 2 MiB

timer-sharing            = one rule               # t_timers[] behind one callout, t_callout: sys/netinet/tcp_timer.c of FreeBSD 14
