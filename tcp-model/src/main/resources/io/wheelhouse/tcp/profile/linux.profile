# Linux 6.18 as it comes, IPv4 over Ethernet. Names in capitals are constants of include/net/tcp.h; names that begin with
# tcp_ are sysctls of Documentation/networking/ip-sysctl.rst and may be set by that name.
# One line a constant: name = value unit # source

jiffy                    = 4 ms                   # CONFIG_HZ=250, kernel/Kconfig.hz; may be set as hz

estimator                = linux rule             # tcp_rtt_estimator(), net/ipv4/tcp_input.c
rto-initial              = 1 s                    # TCP_TIMEOUT_INIT
rto-min                  = 200 ms                 # TCP_RTO_MIN; tcp_rto_min_us
rto-min-on-variation     = on flag                # tcp_rtt_estimator(): the floor is under rttvar
rto-slop                 = 0 ns                   # none: tcp_rtt_estimator() has its floor under the variation instead
rto-max                  = 120 s                  # TCP_RTO_MAX; tcp_rto_max_ms
rto-doublings            = none doublings         # tcp_retransmit_timer(), net/ipv4/tcp_timer.c: doubled up to tcp_rto_max() only
clock-granularity        = 1 us                   # tcp_mstamp counts microseconds
rto-after-handshake-loss = 3 s                    # TCP_TIMEOUT_FALLBACK
rtt-samples              = every-segment rule     # tcp_clean_rtx_queue(), net/ipv4/tcp_input.c

retries1                 = 3 retransmissions      # TCP_RETR1; tcp_retries1
retries2                 = 15 retransmissions     # TCP_RETR2; tcp_retries2
retries-base             = 200 ms                 # TCP_RTO_MIN, in retransmits_timed_out(), net/ipv4/tcp_timer.c
give-up-time             = none s                 # tcp_model_timeout(), net/ipv4/tcp_timer.c: the time follows from retries2
data-retransmissions     = none retransmissions   # tcp_write_timeout(), net/ipv4/tcp_timer.c: retries2 is a time
reset-on-give-up         = off flag               # tcp_write_err(), net/ipv4/tcp_timer.c: no segment is sent
thin-linear-timeouts     = off flag               # tcp_thin_linear_timeouts
thin-linear-retries      = 6 retransmissions      # TCP_THIN_LINEAR_RETRIES
user-timeout             = none s                 # TCP_USER_TIMEOUT is not set, tcp(7)
user-timeout-rule        = linux rule             # tcp_clamp_rto_to_user_timeout(), tcp_clamp_probe0_to_user_timeout(), net/ipv4/tcp_timer.c
orphan-retries           = 0 retransmissions      # tcp_orphan_retries; 0 stands for 8, tcp_orphan_retries() in net/ipv4/tcp_timer.c
syn-retries              = 6 retransmissions      # TCP_SYN_RETRIES; tcp_syn_retries
syn-linear-timeouts      = 4 retransmissions      # tcp_syn_linear_timeouts
synack-retries           = 5 retransmissions      # TCP_SYNACK_RETRIES; tcp_synack_retries
syn-give-up-time         = none s                 # tcp_write_timeout(), net/ipv4/tcp_timer.c: SYNs are counted
connect-timeout          = none s                 # tcp_write_timeout(), net/ipv4/tcp_timer.c: SYNs are counted
persist-min              = 200 ms                 # tcp_probe0_base(), include/net/tcp.h: no less than TCP_RTO_MIN
persist-max              = 120 s                  # tcp_probe0_when(), include/net/tcp.h: no more than tcp_rto_max_ms
persist-rule             = linux rule             # tcp_write_wakeup(), tcp_send_probe0(), net/ipv4/tcp_output.c; tcp_ack_probe(), net/ipv4/tcp_input.c

delayed-ack-min          = 40 ms                  # TCP_DELACK_MIN, TCP_ATO_MIN: HZ/25
delayed-ack-max          = 200 ms                 # TCP_DELACK_MAX: HZ/5
quick-acks               = 16 acknowledgments     # TCP_MAX_QUICKACKS
pingpong-threshold       = 1 replies              # tcp_pingpong_thresh
ack-every                = 2 segments             # __tcp_ack_snd_check(), net/ipv4/tcp_input.c: more than one full segment
ack-rule                 = linux rule             # quick acknowledgments, ATO and ping-pong mode: net/ipv4/tcp_input.c, tcp_output.c, tcp_timer.c
arrival-rule             = linux rule             # tcp_check_req(), tcp_timewait_state_process(), net/ipv4/tcp_minisocks.c; tcp_rcv_synsent_state_process(), net/ipv4/tcp_input.c
challenge-interval       = 500 ms                 # tcp_invalid_ratelimit

keepalive                = off flag               # SO_KEEPALIVE is off, socket(7)
keepalive-time           = 7200 s                 # TCP_KEEPALIVE_TIME; tcp_keepalive_time
keepalive-interval       = 75 s                   # TCP_KEEPALIVE_INTVL; tcp_keepalive_intvl
keepalive-probes         = 9 probes               # TCP_KEEPALIVE_PROBES; tcp_keepalive_probes

fin-wait-2               = on flag                # TCP_LINGER2 is not set, tcp(7)
fin-wait-2-timeout       = 60 s                   # TCP_FIN_TIMEOUT; tcp_fin_timeout
time-wait                = 60 s                   # TCP_TIMEWAIT_LEN
closing-rule             = linux rule             # tcp_fin_time(), include/net/tcp.h; tcp_timewait_state_process(), net/ipv4/tcp_minisocks.c
repeat-fin               = off flag               # tcp_send_ack(), net/ipv4/tcp_output.c
ignore-reset-in-time-wait = off flag              # tcp_rfc1337

initial-window           = 10 segments            # TCP_INIT_CWND
handshake-losses-allowed = 1 retransmissions      # tcp_init_transfer(), net/ipv4/tcp_input.c: total_retrans > 1
loss-window              = 1 segments             # tcp_enter_loss(), net/ipv4/tcp_input.c
window-unit              = segments rule          # snd_cwnd, packets_out: include/linux/tcp.h
congestion-control       = cubic rule             # CONFIG_DEFAULT_CUBIC; tcp_congestion_control
window-reduction         = proportional rule      # tcp_cwnd_reduction(), net/ipv4/tcp_input.c: RFC 6937
idle-restart             = rfc2861 rule           # tcp_cwnd_restart(), net/ipv4/tcp_output.c; tcp_slow_start_after_idle
nagle                    = minshall rule          # tcp_nagle_check(), net/ipv4/tcp_output.c; TCP_NODELAY is not set, tcp(7)
offered-window-rule      = linux rule             # tcp_may_update_window(), net/ipv4/tcp_input.c

loss-detection           = rack rule              # tcp_identify_packet_loss(), net/ipv4/tcp_input.c
reordering               = 3 segments             # TCP_FASTRETRANS_THRESH; tcp_reordering
reordering-max           = 300 segments           # tcp_max_reordering
rack-options             = 1 bits                 # TCP_RACK_LOSS_DETECTION; tcp_recovery
rack-persistence         = 16 recoveries          # TCP_RACK_RECOVERY_THRESH, include/linux/tcp.h
reneging-wait            = 10 ms                  # tcp_check_sack_reneging(), net/ipv4/tcp_input.c
tail-loss-probe          = on flag                # tcp_schedule_loss_probe(), net/ipv4/tcp_output.c; tcp_early_retrans is 3
probe-ack-delay          = none s                 # tcp_schedule_loss_probe(), net/ipv4/tcp_output.c: tcp_rto_min_us()
timeout-min              = 2 ms                   # TCP_TIMEOUT_MIN_US
limited-transmit         = on flag                # tcp_packets_in_flight(), include/net/tcp.h, leaves out what was sacked
undo                     = on flag                # tcp_may_undo(), net/ipv4/tcp_input.c
forward-rto              = on flag                # tcp_enter_loss(), net/ipv4/tcp_input.c; tcp_frto is 2

pacing-slow-start-ratio  = 200 percent            # tcp_pacing_ss_ratio
pacing-avoidance-ratio   = 120 percent            # tcp_pacing_ca_ratio
pacing-unpaced           = 10 segments            # tcp_update_skb_after_send(), net/ipv4/tcp_output.c
pacing                   = off flag               # SO_MAX_PACING_RATE is not set, socket(7), and CUBIC does not pace
mss                      = 1460 B                 # an MTU of 1500 less 40 bytes of headers
timestamps               = on flag                # tcp_timestamps
timestamp-expiry         = 2147 s                 # TCP_PAWS_WRAP, include/net/tcp.h
timestamp-clock          = 1 ms                   # TCP_TS_HZ, include/net/tcp.h
sack                     = on flag                # TCP_SACK is on; tcp_sack
dsack                    = on flag                # tcp_dsack
receive-window           = 65536 B                # tcp_rmem: half of its default 131072 is for data, tcp_win_from_space(); it is not grown here
window-rule              = linux rule             # __tcp_select_window(), net/ipv4/tcp_output.c; __tcp_cleanup_rbuf(), net/ipv4/tcp.c
window-scale             = 10 bits                # tcp_select_initial_window(), net/ipv4/tcp_output.c, for tcp_rmem's maximum of 32 MiB

timer-sharing            = linux rule             # icsk_retransmit_timer, icsk_delack_timer, sk_timer: include/net/inet_connection_sock.h
