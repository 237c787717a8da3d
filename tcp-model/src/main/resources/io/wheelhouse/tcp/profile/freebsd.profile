# FreeBSD 14 as it comes, IPv4 over Ethernet. Names in capitals are constants of sys/netinet/tcp_timer.h; names that begin
# with net.inet.tcp are sysctls of tcp(4), most of which may be set by that name.
# Every line was read again in the source of releng/14.3, commit 5982521fe3dd, with the test scripts of the FreeBSD
# project's tcp-testsuite beside it; tcp(4), sys/kern/subr_param.c, cc.c and cc_cubic.c of sys/netinet/cc in that of stable/14
# (14.0-STABLE, 1400507). What the model does otherwise stands on the line.
# One line a constant: name = value unit # source

jiffy                    = 1 ms                   # HZ, sys/kern/subr_param.c: kern.hz=1000; 100 in a virtual machine

estimator                = rfc6298 rule           # tcp_xmit_timer(), sys/netinet/tcp_input.c: RFC 6298's, there in scaled ticks and a tick longer
rto-initial              = 1 s                    # TCPTV_RTOBASE; net.inet.tcp.rexmit_initial
rto-min                  = 30 ms                  # TCPTV_MIN: hz / 33; net.inet.tcp.rexmit_min
rto-min-on-variation     = off flag               # TCP_REXMTVAL(), sys/netinet/tcp_var.h: the floor is under the sum, and the slop comes on top
rto-slop                 = 200 ms                 # TCPTV_CPU_VAR, by TCPT_RANGESET() added to each but the first timeout of a SYN, and not doubled; net.inet.tcp.rexmit_slop
rto-max                  = 64 s                   # TCPTV_REXMTMAX, the slop included
rto-doublings            = 9 doublings            # tcp_backoff[], sys/netinet/tcp_timer.c: 1, 2, 4 ... 512, 512, 512, 512
clock-granularity        = 1 ms                   # tcp_ts_getticks(), sys/netinet/tcp_seq.h, counts milliseconds
rto-after-handshake-loss = 1 s                    # TCPTV_RTOBASE, tcp_newtcpcb(), sys/netinet/tcp_subr.c; that an opener keeps the timeout of its lost SYN is not modeled
rtt-samples              = one-at-a-time rule     # t_rtttime, sys/netinet/tcp_output.c: one segment is timed where timestamps are not agreed on

retries1                 = 3 retransmissions      # TCP_RTT_INVALIDATE, TCP_MAXRXTSHIFT / 4: in_losing(), tcp_timer_rexmt(), sys/netinet/tcp_timer.c; there a count, here a time
retries2                 = none retransmissions   # none: retransmissions are counted, data-retransmissions
retries-base             = 230 ms                 # TCPTV_MIN + TCPTV_CPU_VAR: the least timeout, with which the time for retries1 begins
give-up-time             = none s                 # none: retransmissions are counted, data-retransmissions
data-retransmissions     = 12 retransmissions     # TCP_MAXRXTSHIFT; net.inet.tcp.retries
reset-on-give-up         = on flag                # tcp_drop(), sys/netinet/tcp_subr.c: once the peer has sent its SYN
thin-linear-timeouts     = off flag               # none: tcp_backoff[], sys/netinet/tcp_timer.c, doubles
thin-linear-retries      = 0 retransmissions      # of no effect without thin-linear-timeouts
user-timeout             = none s                 # TCPTV_MAXUNACKTIME is 0; net.inet.tcp.maxunacktime. RFC 5482 itself is not implemented
user-timeout-rule        = timer rule             # TP_RXTCUR(), tcp_maxunacktime_check(), sys/netinet/tcp_timer.c: it counts from the last progress, t_acktime
orphan-retries           = none retransmissions   # none: tcp_timer_rexmt() does not look at the application
syn-retries              = none retransmissions   # none: an opening has a time, connect-timeout
syn-linear-timeouts      = 0 retransmissions      # none: tcp_timer_rexmt(), sys/netinet/tcp_timer.c, takes tcp_backoff[] for a SYN too; older releases had tcp_syn_backoff[]
synack-retries           = 3 retransmissions      # SYNCACHE_MAXREXMTS, syncache_timeout(), sys/netinet/tcp_syncache.c; net.inet.tcp.syncache.rexmtlimit
syn-give-up-time         = none s                 # none: see connect-timeout
connect-timeout          = 75 s                   # TCPTV_KEEP_INIT, of an active opening: tcp_usr_connect(), sys/netinet/tcp_usrreq.c; net.inet.tcp.keepinit
persist-min              = 5 s                    # TCPTV_PERSMIN; net.inet.tcp.persmin
persist-max              = 60 s                   # TCPTV_PERSMAX; net.inet.tcp.persmax
persist-rule             = freebsd rule           # tcp_setpersist(), sys/netinet/tcp_output.c; tcp_timer_persist(), sys/netinet/tcp_timer.c: a byte of new data; bounded after it is doubled

delayed-ack-min          = 40 ms                  # TCPTV_DELACK: hz / 25; net.inet.tcp.delacktime
delayed-ack-max          = 40 ms                  # as delayed-ack-min: the delay is fixed
quick-acks               = 0 acknowledgments      # none: DELAY_ACK(), sys/netinet/tcp_input.c
pingpong-threshold       = 1 replies              # of no effect without quick acknowledgments
ack-every                = 2 segments             # DELAY_ACK(), sys/netinet/tcp_input.c: not while one is delayed already
ack-rule                 = freebsd rule           # DELAY_ACK(), sys/netinet/tcp_input.c: one delayed at a time
arrival-rule             = bsd rule               # syncache_add(), sys/netinet/tcp_syncache.c: a repeated SYN starts timer and count again; tcp_do_segment(), sys/netinet/tcp_input.c; tcp_twcheck(), sys/netinet/tcp_timewait.c
challenge-interval       = 200 ms                 # tcp_send_challenge_ack(), sys/netinet/tcp_subr.c: net.inet.tcp.ack_war_cnt=5 in net.inet.tcp.ack_war_timewindow=1000 ms; there five at once if need be

keepalive                = on flag                # net.inet.tcp.always_keepalive=1, sys/netinet/tcp_timer.c
keepalive-time           = 7200 s                 # TCPTV_KEEP_IDLE; net.inet.tcp.keepidle
keepalive-interval       = 75 s                   # TCPTV_KEEPINTVL; net.inet.tcp.keepintvl
keepalive-probes         = 8 probes               # TCPTV_KEEPCNT; net.inet.tcp.keepcnt

fin-wait-2               = on flag                # tcp_timer_2msl(), sys/netinet/tcp_timer.c
fin-wait-2-timeout       = 675 s                  # TP_MAXIDLE(), which is keepcnt * keepintvl, and one keepintvl more: tcp_timer_2msl(), sys/netinet/tcp_timer.c; net.inet.tcp.finwait2_timeout is for fast_finwait2_recycle=1
time-wait                = 60 s                   # 2 * TCPTV_MSL, which is half of it in net.inet.tcp.msl: tcp_twstart(), sys/netinet/tcp_timewait.c; none between addresses of one host
closing-rule             = rfc9293 rule           # tcp_twcheck(), sys/netinet/tcp_timewait.c: a FIN starts 2 MSL again
repeat-fin               = on  flag               # tcp_outflags[], sys/netinet/tcp_fsm.h; tcp_default_output(), sys/netinet/tcp_output.c
ignore-reset-in-time-wait = on flag                # tcp_twcheck(), sys/netinet/tcp_timewait.c

initial-window           = 10 segments            # net.inet.tcp.initcwnd_segments: tcp_compute_initwnd(), sys/netinet/tcp_input.c
handshake-losses-allowed = 0 retransmissions      # cc_conn_init(), sys/netinet/tcp_input.c: one segment if the SYN or SYN-ACK was lost
loss-window              = 1 segments             # CC_RTO: newreno_cc_cong_signal(), sys/netinet/cc/cc.c; cubic_cong_signal(), sys/netinet/cc/cc_cubic.c
window-unit              = bytes rule             # t_maxseg, snd_cwnd: sys/netinet/tcp_var.h
congestion-control       = cubic rule             # CC_DEFAULT, sys/netinet/cc/cc.c, since FreeBSD 14; net.inet.tcp.cc.algorithm
window-reduction         = proportional rule      # V_tcp_do_prr, sys/netinet/tcp_input.c; net.inet.tcp.do_prr
idle-restart             = rfc5681 rule           # cc_after_idle(), sys/netinet/tcp_output.c; newreno_cc_after_idle(), sys/netinet/cc/cc.c, which also keeps 3/4 of the window as threshold: not modeled
nagle                    = rfc9293 rule           # TF_NODELAY is not set, tcp_default_output(), sys/netinet/tcp_output.c
offered-window-rule      = freebsd rule           # tcp_do_segment(), sys/netinet/tcp_input.c: step6; SND.WL2 is taken for SND.UNA

loss-detection           = rfc6675 rule           # net.inet.tcp.sack.revised=1, sys/netinet/tcp_sack.c
reordering               = 3 segments             # tcprexmtthresh, sys/netinet/tcp_input.c
reordering-max           = 3 segments             # tcprexmtthresh is fixed
rack-options             = 0 bits                 # of no effect without RACK
rack-persistence         = 16 recoveries          # RFC 8985, section 6.2, step 4: not used without RACK
reneging-wait            = 10 ms                  # none: the scoreboard is forgotten at a timeout, tcp_timer_rexmt(), sys/netinet/tcp_timer.c; as Linux
tail-loss-probe          = off flag               # the default stack has none
probe-ack-delay          = 200 ms                 # of no effect without probes
timeout-min              = 0 ns                   # of no effect without probes
limited-transmit         = on flag                # V_tcp_do_rfc3042, sys/netinet/tcp_input.c; net.inet.tcp.rfc3042
undo                     = off flag               # CC_RTO_ERR, tcp_do_segment(), sys/netinet/tcp_input.c, undoes a first timeout that an echoed timestamp, or without timestamps half a round trip, shows to be bad: not modeled
forward-rto              = off flag               # the default stack has none

pacing-slow-start-ratio  = 200 percent            # Linux's; of no effect without pacing
pacing-avoidance-ratio   = 120 percent            # Linux's; of no effect without pacing
pacing-unpaced           = 10 segments            # RFC 6928: an initial window may leave at once
pacing                   = off flag               # the default stack does not pace
mss                      = 1460 B                 # an MTU of 1500 less 40 bytes of headers: tcp_mssopt(), sys/netinet/tcp_input.c
timestamps               = on flag                # net.inet.tcp.rfc1323=1, sys/netinet/tcp_subr.c
timestamp-expiry         = 2073600 s              # TCP_PAWS_IDLE, sys/netinet/tcp_seq.h: 24 days
timestamp-clock          = 1 ms                   # tcp_ts_getticks(), sys/netinet/tcp_seq.h
sack                     = on flag                # net.inet.tcp.sack.enable=1, sys/netinet/tcp_sack.c
dsack                    = on flag                # tcp_update_dsack_list(), sys/netinet/tcp_sack.c
receive-window           = 65536 B                # net.inet.tcp.recvspace, sys/netinet/tcp_input.c; it is not grown here
window-rule              = freebsd rule           # tcp_default_output(), sys/netinet/tcp_output.c
window-scale             = 6 bits                 # tcp_connect(), sys/netinet/tcp_usrreq.c; syncache_add(): for SB_MAX of 2 MiB, sys/sys/sockbuf.h

timer-sharing            = one rule               # t_timers[] behind one callout, t_callout: tcp_timer_enter(), sys/netinet/tcp_timer.c
