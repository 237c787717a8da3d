package io.wheelhouse.timer.bucket;

/** A discipline that everything has to go through, also what comes when nothing waits. */
record ThoroughDiscipline(QueueDiscipline discipline) implements QueueDiscipline {
    @Override
    public boolean admits(int connection) {
        return discipline.admits(connection);
    }

    @Override
    public void enqueue(int item, int connection) {
        discipline.enqueue(item, connection);
    }

    @Override
    public int dequeue() {
        return discipline.dequeue();
    }

    @Override
    public int peek(int after) {
        return discipline.peek(after);
    }

    @Override
    public void charge(int connection, long serviceNs) {
        discipline.charge(connection, serviceNs);
    }

    @Override
    public void remove(int item, int connection) {
        discipline.remove(item, connection);
    }

    @Override
    public int size() {
        return discipline.size();
    }

    @Override
    public void forEach(ItemVisitor visitor) {
        discipline.forEach(visitor);
    }
}
